# Visitor passes.
pass-issued =
    给“{ $label }”的通行码做好了，不需要联网就能用：{ $valid }
    没有图片时报短码：{ $code }
pass-picture = 图片已保存：{ $path }
pass-none = 还没有做过通行码。
pass-cancelled = 已取消。门岗听到后不再放行。
pass-all-cancelled = 到现在为止做的通行码全部取消。门岗听到后不再放行。
pass-uncounted = 不限次
pass-state-cancelled = 已取消
pass-state-used = 客人来过
pass-state-unheard = 还没有门岗听到；照样能用
pass-state-heard = 已听到：{ $names }
pass-shown =
    { $label }  { $valid }
    已用 { $used }  短码 { $code }  { $state }
pass-decoded =
    { $label }  { $kind }  { $valid }（北京时间）
    签发者 { $iss }，可进 { $entries } 次，短码 { $code }
    这里没有核对签名：能不能进，以门岗为准。
pass-kind-person = 客人
pass-kind-vehicle = 车辆
pass-kind-delivery = 送货
pass-kind-worker = 师傅
pin-prompt = 口令数字：
vectors-total = { $wrong ->
    [0] { $n } 个用例全部一致。
   *[other] { $n } 个用例，{ $wrong } 个不一致。
}
vectors-written = 已写出 { $n } 个用例到 { $dir }。
pass-kept = 记下了，只在这台电脑上。
pass-forgotten = 不再记着了。
pass-regulars-none = 没有记着常来的人。用 linli pass keep 记一位。
