//! The gate's sentences in Chinese, which is the source language.

use super::{ChainFault, Of, PinFault, Reason, Setting, hours_minutes};
use crate::plate::Near;
use crate::token::TokenError;
use linli_base::UnixSec;

pub(super) fn sentence(reason: &Reason, s: &Setting<'_>) -> String {
    match reason {
        Reason::Admit { .. } | Reason::NoPass | Reason::CodeTwice | Reason::Repeat(_) => {
            plain(reason, s)
        }
        Reason::Token(error) => token(error).into(),
        Reason::HolderBound => "这张码绑定了来客的手机，本机要更新后才能验，请呼叫住户".into(),
        Reason::KeyUnknown => "不认识签名的钥匙，请住户重发带证书的码".into(),
        Reason::Chain(fault) => chain(*fault).into(),
        Reason::IssuerUnknown => "不是本小区发的码，请问清要去哪个小区".into(),
        Reason::WeakKey => "签名的钥匙谁都能用，这张码不能收，请报告居委会".into(),
        Reason::Sig => "签名不对，码被改过或没拍全，请住户重发".into(),
        Reason::Role => "这台设备没有邀请访客的权限，请住户用别的设备重发".into(),
        Reason::Held { before: true } => "设备冻结以前发的码，请打电话给住户再定".into(),
        Reason::Held { before: false } => "设备冻结以后才发的码，不能放行，请找居委会".into(),
        Reason::Revoked => "发码的设备已经注销，请住户用新设备重发".into(),
        Reason::Retired => "发码的住户已经搬走，请找物业".into(),
        Reason::Cancelled { .. }
        | Reason::NotYet { .. }
        | Reason::Expired { .. }
        | Reason::TooLong { .. }
        | Reason::Window { .. }
        | Reason::Used { .. } => times(reason, s),
        Reason::Iss => "码上写的住户和签名的不是同一家，请呼叫住户".into(),
        Reason::Aud { gates } if gates.is_empty() => "这张码是别的小区的，请问清要去哪里".into(),
        Reason::Aud { gates } => format!("这张码只能走{}，请从那里进", names(gates, s)),
        Reason::Gate { gates } => format!("这张码不含本门，请走{}", names(gates, s)),
        Reason::Plate {
            granted,
            seen: Some(seen),
        } => {
            format!(
                "码上车牌{}，看到的是{}，请核对",
                granted.as_str(),
                seen.reveal()
            )
        }
        Reason::Plate {
            granted,
            seen: None,
        } => format!("码上车牌{}，没有读到车牌，请看车", granted.as_str()),
        Reason::Away {
            took_over: true, ..
        } => "本门换过设备，不知道这张码用过没有，请打电话给住户".into(),
        Reason::Away { home, .. } => format!(
            "这张码归{}计数，没有转过来，请打电话给住户再定",
            name(*home, s)
        ),
        Reason::Companions { granted, seen } => {
            format!("同行{seen}人，码上只准{granted}人，请问住户")
        }
        Reason::Pin(fault) => pin(*fault),
        Reason::Clock => "本机时钟不准，不能确定没有过期，请打电话给住户".into(),
        Reason::Stale { age_s: u64::MAX } => "本机还没有收到过取消名单，请打电话给住户".into(),
        Reason::Stale { age_s } => format!(
            "取消名单已{}没有更新，这张码有效期长，请打电话给住户",
            length(*age_s)
        ),
        Reason::Log => "记录写不下，先不开门：请手工登记，由门岗定".into(),
        Reason::Listed { estate: true } => "在小区的拒绝名单上，不能进入，有异议请找物业".into(),
        Reason::Listed { estate: false } => "这一户不接待此人，请劝离，有异议请找物业".into(),
        Reason::PlateUnknown { read } => {
            format!("本门没有听说{}这个车牌，请出示通行码", read.reveal())
        }
        Reason::PlateNear { read, booked, near } => {
            let why = match near {
                None => "读得没有把握",
                Some(Near::LookAlike) => "只差一个易混的字",
                Some(Near::OneEdit) => "只差一个字",
            };
            format!(
                "读到{}，预约的是{}，{why}，请看车",
                read.as_str(),
                booked.as_str()
            )
        }
        Reason::Inside { since } => format!(
            "这辆车从{}登记在院内没有出去，请看是不是同一辆",
            at(*since, s)
        ),
        Reason::CodeUnknown => "本门没有听说这个短码，请再看一遍或呼叫住户".into(),
        Reason::CodeLocked { wait_s } => format!("短码输错5次，{wait_s}秒后再试，或请出示二维码"),
    }
}

fn plain(reason: &Reason, s: &Setting<'_>) -> String {
    match reason {
        Reason::Admit { entry, unheard } => {
            let mut parts = Vec::new();
            if *unheard {
                parts.push("没听说过这户，但社区证书有效".to_owned());
            }
            if let Some((n, of)) = entry {
                parts.push(format!("第{n}次，共{of}次"));
            }
            parts.push("可进入".to_owned());
            parts.join("，")
        }
        Reason::CodeTwice => "有两张码的短码相同，请问清去哪一户，并请出示二维码".into(),
        Reason::Repeat(what) => format!(
            "十秒内重复，结果同上，不再开门也不计数：{}",
            sentence(what, s)
        ),
        _ => "没有通行码，请呼叫住户；无人应答由门岗定".into(),
    }
}

fn token(error: &TokenError) -> &'static str {
    match error {
        TokenError::Long | TokenError::Prefix => "不是访客码，请出示住户发的码",
        TokenError::Version | TokenError::Claims(crate::GrantError::Newer) => {
            "新版通行码，本机需要更新，请先呼叫住户"
        }
        TokenError::Base45 => "码读得不对，请再扫一次，不行就请住户重发图片",
        TokenError::Cbor(_) | TokenError::Shape | TokenError::Size => "码不完整，请住户重发图片",
        TokenError::Claims(_) => "码的内容不合格式，请住户重发",
        TokenError::NotCanonical(_) => "码的写法不规范，可能被改过，请住户重发",
        TokenError::Header(_) => "码的签名头不对，请住户用邻里程序重发",
        TokenError::Typ => "这是别的证件，不是访客码，请出示住户发的码",
    }
}

fn chain(fault: ChainFault) -> &'static str {
    match fault {
        ChainFault::Form => "附带的证书读不懂，请住户重发带证书的码",
        ChainFault::Signature => "附带的证书签名不对，请呼叫住户",
        ChainFault::Time => "附带的证书不在有效期内，请住户联网续期后重发",
        ChainFault::Kid => "附带的证书不是签这张码的设备的，请住户重发",
        ChainFault::Community => "附带的证书是别的小区的，请问清要去哪里",
        ChainFault::Scope => "发证书的钥匙管不到这一户，请找居委会",
        ChainFault::NotEnrolled => "证书说的登记查不到，不能放行，请报告居委会",
    }
}

fn times(reason: &Reason, s: &Setting<'_>) -> String {
    match reason {
        Reason::NotYet { from, of: Of::Pass } => {
            format!("还没到时间，{}开始，请到时再来", at(*from, s))
        }
        Reason::NotYet { .. } => "发码设备的证书还没生效，请呼叫住户".into(),
        Reason::Expired {
            of: Of::Certificate,
            ..
        } => "发码设备的证书过期了，请住户联网续期后重发".into(),
        Reason::Expired {
            since,
            by_floor: true,
            ..
        } => {
            format!(
                "{}已过期，本机时钟虽不准也能断定，请住户重发",
                at(*since, s)
            )
        }
        Reason::Expired { since, .. } => {
            let ago = length(s.now.0.saturating_sub(since.0));
            format!("已过期{ago}，请住户重发")
        }
        Reason::TooLong { life_s, max_s } => {
            format!(
                "码的有效期{}，最长只准{}，请住户重发",
                long(*life_s),
                long(*max_s)
            )
        }
        Reason::Window { next: Some(next) } => {
            format!("现在不在时段内，下次{}，请到时再来", at(*next, s))
        }
        Reason::Window { next: None } => "现在不在时段内，到期前也没有下一次了，请呼叫住户".into(),
        Reason::Cancelled { at: when, all } => {
            let when = when.map(|t| at(t, s)).unwrap_or_default();
            let what = if *all {
                "取消了以前的全部码"
            } else {
                "取消"
            };
            format!("住户{when}已{what}，请呼叫住户")
        }
        Reason::Used {
            at: when,
            gate,
            entries,
        } => {
            let when = when.map(|t| at(t, s)).unwrap_or_default();
            let gate = gate
                .map(|g| format!("在{}", name(g, s)))
                .unwrap_or_default();
            format!("这张码{when}{gate}用过，共{entries}次，请呼叫住户")
        }
        _ => String::new(),
    }
}

fn pin(fault: PinFault) -> String {
    match fault {
        PinFault::Missing => "这张码要口令，请来客说出住户告诉的数字".into(),
        PinFault::NoMemory => "本机内存不够，验不了口令，请呼叫住户".into(),
        PinFault::Wrong { left: 0 } => "口令错3次，本门锁15分钟，请呼叫住户".into(),
        PinFault::Wrong { left } => format!("口令不对，还可以试{left}次"),
        PinFault::Locked { wait_s } => format!(
            "口令错3次，本门已锁，{}分钟后再试，或呼叫住户",
            wait_s.div_ceil(60)
        ),
    }
}

fn name(gate: u8, s: &Setting<'_>) -> String {
    s.gates
        .get(&gate)
        .cloned()
        .unwrap_or_else(|| format!("{gate}号门"))
}

fn names(gates: &[u8], s: &Setting<'_>) -> String {
    gates
        .iter()
        .map(|g| name(*g, s))
        .collect::<Vec<_>>()
        .join("、")
}

fn length(seconds: u64) -> String {
    match hours_minutes(seconds) {
        (0, m) => format!("{m}分钟"),
        (h, _) if h >= 48 => format!("{}天", h / 24),
        (h, 0) => format!("{h}小时"),
        (h, m) => format!("{h}小时{m}分"),
    }
}

/// Lengths of life, which are whole hours and days.
fn long(seconds: u64) -> String {
    match seconds.div_ceil(3600) {
        h if h > 72 => format!("{}天", h.div_ceil(24)),
        h => format!("{h}小时"),
    }
}

fn at(moment: UnixSec, s: &Setting<'_>) -> String {
    let (t, now) = (s.offset.local(moment), s.offset.local(s.now));
    let clock = format!("{}:{:02}", t.minute_of_day / 60, t.minute_of_day % 60);
    if (t.year, t.month, t.day) == (now.year, now.month, now.day) {
        return format!("今天{clock}");
    }
    let days = moment.0.abs_diff(s.now.0) / 86_400;
    if moment > s.now && days < 7 {
        let weekday = ["一", "二", "三", "四", "五", "六", "日"].get(t.weekday as usize);
        return format!("周{}{clock}", weekday.unwrap_or(&""));
    }
    let year = if t.year == now.year {
        String::new()
    } else {
        format!("{}年", t.year)
    };
    format!("{year}{}月{}日{clock}", t.month, t.day)
}
