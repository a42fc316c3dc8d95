# 家里谁在用这台电脑。
family-title = 家里谁在用这台电脑？
family-note = 语言、字号、哪些看过、哪些不再提醒，各人是各人的。只记在这台电脑上。写出去的内容仍以这一户的名义，不带个人名字；“确认收到”也是全家算一次。
family-everybody = 全家
family-here = 在用：{ $name }
family-here-name = 在用的是{ $name }，换一位
family-sit-name = 现在是{ $name }在用
family-field = 再加一位，家里怎么叫就怎么写
family-add = 加上
family-drop = 删掉{ $name }
family-drop-name = 把{ $name }从这台电脑上删掉，连同看过的记号
family-greeting = { $name }，您好
note-sits = 现在是{ $name }在用。
note-sits-everybody = 现在是全家共用。
