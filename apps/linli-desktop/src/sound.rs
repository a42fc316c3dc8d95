//! One sound for each answer, so that a guard who looks at the car hears it: two rising notes let in, three level ones
//! ask, one long low one refuses. A gate that calls a household is heard as two falling notes, twice; a call for help as a
//! siren that climbs three times.
//!
//! The sounds are made here and played by the platform's own player, on a thread of its own: no library, nothing to
//! build against, silent where there is no player, and a decision never waits for one.

use linli_view::api::GateResult;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Samples a second, 16 bit, one channel.
const RATE: u32 = 22_050;
const VOLUME: f32 = 0.6;
/// Players that are asked for in this order: PipeWire, PulseAudio, ALSA, macOS.
const PLAYERS: [(&str, &[&str]); 4] = [
    ("pw-play", &[]),
    ("paplay", &[]),
    ("aplay", &["-q"]),
    ("afplay", &[]),
];

/// Makes answers heard.
pub trait Chimes {
    /// Plays the sound of an answer; never waits.
    fn chime(&mut self, result: GateResult);
    /// Plays the doorbell once; never waits.
    fn ring(&mut self);
    /// Plays the alarm once: somebody calls for help. Never waits.
    fn alarm(&mut self);
}

/// What can be heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sound {
    /// An answer of the gate.
    Answer(GateResult),
    /// A gate calls this household.
    Bell,
    /// Somebody calls for help.
    Alarm,
}

/// The platform's player.
pub struct System {
    play: SyncSender<Sound>,
}

impl System {
    /// Starts the thread; it ends with this value.
    #[must_use]
    pub fn start() -> Self {
        let (play, asked) = sync_channel(1);
        // Without a thread nobody receives, and it stays silent.
        let _ = thread::Builder::new()
            .name("linli-sound".into())
            .spawn(move || serve(&asked));
        Self { play }
    }
}

impl Chimes for System {
    fn chime(&mut self, result: GateResult) {
        // A sound that is still playing is enough: the next one is dropped.
        let _ = self.play.try_send(Sound::Answer(result));
    }

    fn ring(&mut self) {
        let _ = self.play.try_send(Sound::Bell);
    }

    fn alarm(&mut self) {
        let _ = self.play.try_send(Sound::Alarm);
    }
}

fn serve(asked: &Receiver<Sound>) {
    let mut player = None;
    while let Ok(sound) = asked.recv() {
        let file =
            std::env::temp_dir().join(format!("linli-{}-{}.wav", std::process::id(), word(sound)));
        if store(&file, sound) {
            player = play(player, &file);
            // A sound that stays behind is three seconds of nothing in a temporary folder.
            let _ = std::fs::remove_file(&file);
        }
    }
}

/// Never over a file that is there: the folder is everybody's.
fn store(file: &Path, sound: Sound) -> bool {
    let made = OpenOptions::new().write(true).create_new(true).open(file);
    made.and_then(|mut to| to.write_all(&wav(sound))).is_ok()
}

/// Plays with the player that worked last, or looks for one that does.
fn play(last: Option<usize>, file: &PathBuf) -> Option<usize> {
    let order = last
        .into_iter()
        .chain((0..PLAYERS.len()).filter(|at| Some(*at) != last));
    for at in order {
        let Some((program, args)) = PLAYERS.get(at) else {
            continue;
        };
        let mut command = Command::new(program);
        command.args(*args).arg(file);
        let quiet = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if quiet.status().is_ok_and(|status| status.success()) {
            return Some(at);
        }
    }
    None
}

const fn word(sound: Sound) -> &'static str {
    match sound {
        Sound::Answer(GateResult::Admit) => "admit",
        Sound::Answer(GateResult::Ask) => "ask",
        Sound::Answer(GateResult::Deny) => "deny",
        Sound::Bell => "bell",
        Sound::Alarm => "alarm",
    }
}

/// Pitch in hertz (0 is silence) and length in milliseconds, one after the other.
const fn notes(sound: Sound) -> &'static [(f32, u32)] {
    match sound {
        Sound::Answer(GateResult::Admit) => &[(880.0, 120), (1318.5, 220)],
        Sound::Answer(GateResult::Ask) => &[
            (659.3, 120),
            (0.0, 60),
            (659.3, 120),
            (0.0, 60),
            (659.3, 120),
        ],
        Sound::Answer(GateResult::Deny) => &[(196.0, 700)],
        Sound::Bell => &[
            (1108.7, 280),
            (831.6, 420),
            (0.0, 200),
            (1108.7, 280),
            (831.6, 420),
        ],
        Sound::Alarm => &[
            (740.0, 200),
            (932.3, 200),
            (1174.7, 280),
            (740.0, 200),
            (932.3, 200),
            (1174.7, 280),
            (740.0, 200),
            (932.3, 200),
            (1174.7, 280),
        ],
    }
}

/// The sound as a WAV file.
#[must_use]
pub fn wav(sound: Sound) -> Vec<u8> {
    let mut samples: Vec<u8> = Vec::new();
    for (pitch, ms) in notes(sound) {
        let count = RATE * ms / 1000;
        for at in 0..count {
            let turn = at as f32 / RATE as f32 * pitch * std::f32::consts::TAU;
            // A little of the third harmonic is heard in the rain; soft edges do not click.
            let wave = turn.sin() * 0.8 + (turn * 3.0).sin() * 0.2;
            let edge = (at.min(count - at) as f32 / 200.0).min(1.0);
            let sample = (wave * edge * VOLUME * f32::from(i16::MAX)) as i16;
            samples.extend(sample.to_le_bytes());
        }
    }
    let size = u32::try_from(samples.len()).unwrap_or(u32::MAX);
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((size + 36).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend(2_u16.to_le_bytes());
    file.extend(16_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(size.to_le_bytes());
    file.extend(samples);
    file
}

#[cfg(test)]
mod tests {
    //! Four sounds that nobody takes for one another, and silence that holds nobody up.
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

    use super::*;

    const ALL: [GateResult; 3] = [GateResult::Admit, GateResult::Ask, GateResult::Deny];

    /// How often a second the wave rises through zero.
    fn pitch(wav: &[u8]) -> usize {
        let samples: Vec<i16> = wav[44..]
            .chunks(2)
            .map(|two| i16::from_le_bytes([two[0], two[1]]))
            .collect();
        let rises = samples
            .windows(2)
            .filter(|two| two[0] <= 0 && two[1] > 0)
            .count();
        rises * RATE as usize / samples.len()
    }

    #[test]
    fn the_three_sounds_differ_in_pitch_and_in_length_and_are_short() {
        let sounds = ALL.map(|result| wav(Sound::Answer(result)));
        for sound in &sounds {
            assert_eq!((&sound[..4], &sound[8..12]), (&b"RIFF"[..], &b"WAVE"[..]));
            let size = u32::from_le_bytes(sound[40..44].try_into().unwrap());
            assert_eq!(size as usize, sound.len() - 44);
            assert!(size < RATE * 2, "shorter than a second");
        }
        let [admit, ask, deny] = sounds.each_ref().map(|sound| pitch(sound));
        assert!(
            admit > ask + 200 && ask > deny + 150,
            "{admit} {ask} {deny}"
        );
    }

    #[test]
    fn the_bell_falls_where_a_yes_rises_and_is_longer_than_any_answer() {
        let bell = wav(Sound::Bell);
        let half = 44 + (bell.len() - 44) * 350 / 1600 / 2 * 2;
        let first = pitch(&bell[..half]);
        assert!(first > 900, "it begins high: {first}");
        let notes = notes(Sound::Bell);
        assert!(notes[0].0 > notes[1].0, "and falls");
        assert!(
            ALL.iter()
                .all(|one| wav(Sound::Answer(*one)).len() * 2 < bell.len())
        );
    }

    #[test]
    fn the_alarm_climbs_where_the_bell_falls_and_is_the_longest_of_all() {
        let alarm = wav(Sound::Alarm);
        let part = |at: usize, of: usize| {
            let each = (alarm.len() - 44) / of / 2 * 2;
            [&alarm[..44], &alarm[44 + at * each..44 + (at + 1) * each]].concat()
        };
        // The first third of one climb is lower than its last.
        assert!(pitch(&part(0, 9)) + 100 < pitch(&part(2, 9)));
        assert!(alarm.len() > wav(Sound::Bell).len());
        assert!(
            alarm.len() < 3 * RATE as usize * 2,
            "shorter than three seconds"
        );
    }

    #[test]
    fn a_hundred_answers_wait_for_no_player() {
        let mut sound = System::start();
        for result in ALL.into_iter().cycle().take(100) {
            sound.chime(result);
            sound.ring();
            sound.alarm();
        }
    }
}
