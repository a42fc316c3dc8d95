# Photos and PDFs of posts and notices.
attach-none-here = 这里的帖子、通知和评论都没有照片或 PDF。
attach-saved = 已保存：{ $path }
attach-line = 📎 { $n } { $file }，{ $size }：{ $state }
attach-here = 已在这里
attach-waits = 还没到；碰到有它的邻居就传过来
attach-coming = 已到 { $percent }%，正从 { $from } 传来
attach-no-room = 磁盘满了，腾出空间后再传
attach-too-much = 没有保留：发的人发得太多了
head-number = 序号
head-file = 文件
head-size = 大小
