//! Puts together what is on screen now: the frame, the note, and the one page.

use crate::state::State;
use linli_view::alert::{self, AlertPage};
use linli_view::api::{FaultCode, PrincipalKind, Status};
use linli_view::bell;
use linli_view::board::{
    self, Board, BoardFilter, CasePage, POST_CHARS, PostForm, PostPage, Reader,
};
use linli_view::calls::{self, Call, Waiting};
use linli_view::compose::{self, Compose};
use linli_view::dates::Now;
use linli_view::doorbell::{self, DoorbellPage};
use linli_view::drafts::{self, Form};
use linli_view::family::{self, Seat};
use linli_view::files;
use linli_view::find::{self, FindBox};
use linli_view::folder::{self, FolderPage, SavingCard};
use linli_view::frame::{self, Frame, Note};
use linli_view::guide::{self, Guide};
use linli_view::help::{self, Alarm, Bar, HelpPage, Numbers};
use linli_view::home::{self, Home};
use linli_view::homes::{self, Acting, HomesPage};
use linli_view::intent::{NoticeFilter, Screen};
use linli_view::invite::{self, InvitePage, Knock};
use linli_view::model::Model;
use linli_view::neighbours::{self, Neighbours};
use linli_view::notice_page::{self, NoticePage};
use linli_view::notice_talk::{self, COMMENT_CHARS};
use linli_view::notices::{self, NoticeBoard};
use linli_view::pass_card::{self, PassCard};
use linli_view::pass_form::{self, PassForm};
use linli_view::pass_list::{self, PassLists};
use linli_view::reach;
use linli_view::refusal_list::{self, RefusalList};
use linli_view::register::{self, RegisterPage};
use linli_view::scheduled;
use linli_view::start::{self, Start};
use linli_view::station::{self, Station};
use linli_view::templates;
use linli_view::typed;
use linli_view::undo::{self, UndoAsk};
use linli_view::words::Catalogue;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Everything on screen.
#[derive(Clone, PartialEq, Debug)]
pub struct View {
    /// Rail, light, switches.
    pub frame: Frame,
    /// The note at the bottom.
    pub note: Option<Note>,
    /// A neighbour's call for help, over the page and over a gate's call.
    pub alarm: Option<Box<Alarm>>,
    /// Sentences that lead to the page of help.
    pub help: Vec<Bar>,
    /// Somebody waits for the pictures of an invitation to be compared, and another page is on screen.
    pub knock: Option<Knock>,
    /// Who of the family sits here.
    pub seat: Option<Seat>,
    /// What is asked before the last command is taken back.
    pub undo: Option<UndoAsk>,
    /// A household lives here: the key calls for help.
    pub calls_help: bool,
    /// A gate's call, over the page.
    pub call: Option<Box<Call>>,
    /// The box that finds, over the page.
    pub find: Option<Box<FindBox>>,
    /// Whose home is open; none where this account has but one.
    pub acting: Option<Acting>,
    /// The list of this account's homes, over the page.
    pub homes: Option<Box<HomesPage>>,
    /// A page of help, over the page.
    pub guide: Option<Box<Guide>>,
    /// A folder of this computer, over the page.
    pub folder: Option<Box<FolderPage>>,
    /// Where things are saved, for the page of settings.
    pub saving: Box<SavingCard>,
    /// Calls put aside that still wait.
    pub waiting: Vec<Waiting>,
    /// The page.
    pub page: Page,
}

/// The page beside the rail.
#[derive(Clone, PartialEq, Debug)]
pub enum Page {
    /// Nothing to show yet, or no longer.
    Start(Box<Start>),
    /// The first screen.
    Home(Box<Home>),
    /// The first screen of a gate.
    Station(Box<Station>),
    /// Notices: the list, and the open one.
    Notices(Rc<NoticeBoard>, Option<Box<NoticePage>>),
    /// At an office: a notice being written.
    Compose(Box<Compose>),
    /// At an office: an alert that is read in.
    Alert(Box<AlertPage>),
    /// At an office: the residents' register.
    Register(Box<RegisterPage>),
    /// A notice was asked for that is not here.
    NoticeMissing(String),
    /// Visitors: the lists, and the form or the pass.
    Visitors(Box<PassLists>, Beside),
    /// The board: the list, and the open post or the form.
    Board(Rc<Board>, BesidePost),
    /// Neighbours and sync.
    Neighbours(Box<Neighbours>),
    /// Calls of gates, and in which order this household's devices ring.
    Doorbell(Box<DoorbellPage>),
    /// Calls for help.
    Help(Box<HelpPage>),
    /// What is announced by itself.
    Settings(Box<bell::Settings>),
    /// Inviting.
    Invite(Box<InvitePage>),
    /// Phone numbers.
    Phones(Box<Numbers>),
}

/// Long lists, kept from one view to the next while the model, the language and the minute stay what they are: a letter
/// that is typed beside ten thousand rows does not make them anew.
#[derive(Debug, Default)]
pub struct Lists {
    board: Option<(BoardFilter, Rc<Board>)>,
    /// By its filter, and whether a notice was begun.
    notices: Option<((NoticeFilter, bool), Rc<NoticeBoard>)>,
}

impl Lists {
    fn board(&mut self, of: BoardFilter, make: impl FnOnce() -> Board) -> Rc<Board> {
        kept(&mut self.board, of, make)
    }

    fn notices(
        &mut self,
        of: (NoticeFilter, bool),
        make: impl FnOnce() -> NoticeBoard,
    ) -> Rc<NoticeBoard> {
        kept(&mut self.notices, of, make)
    }
}

fn kept<K: PartialEq, T>(slot: &mut Option<(K, Rc<T>)>, of: K, make: impl FnOnce() -> T) -> Rc<T> {
    match slot {
        Some((is, list)) if *is == of => Rc::clone(list),
        _ => Rc::clone(&slot.insert((of, Rc::new(make()))).1),
    }
}

/// What stands beside the lists of passes.
#[derive(Clone, PartialEq, Debug)]
pub enum Beside {
    /// Nothing chosen: there is room for whom this home does not want let in, if it keeps a list.
    Nothing(Option<Box<RefusalList>>),
    /// The form.
    Form(Box<PassForm>),
    /// A pass.
    Card(Box<PassCard>),
}

/// What stands beside the list of posts.
#[derive(Clone, PartialEq, Debug)]
pub enum BesidePost {
    /// Nothing chosen.
    Nothing,
    /// The form.
    Form(Box<PostForm>),
    /// A post.
    Post(Box<PostPage>),
    /// At an office: what waits for a decision.
    Case(Box<CasePage>),
}

/// Makes the view of this moment.
#[must_use]
pub fn view(
    words: &Catalogue,
    now: Now,
    model: &Model,
    state: &State,
    home: &str,
    lists: &mut Lists,
) -> View {
    // A gate sees its own calls on the station.
    let open = model.closed.is_none() && model.is_house();
    let known = model.closed.is_none() && model.status.is_some();
    let on_help = state.screen == Screen::Help;
    // Whoever needs help here is covered by nothing; then a neighbour who does; then a gate.
    let need = on_help && help::need(model, now, &state.help);
    let alarm = (known && !need).then(|| help::alarm::alarm(words, now, model));
    let alarm = alarm.flatten().map(Box::new);
    let put_off: BTreeSet<String>;
    let aside = if need {
        put_off = model.rings.iter().map(|ring| ring.event.clone()).collect();
        &put_off
    } else {
        &state.aside
    };
    View {
        frame: frame::frame(words, now, model, state.screen, state.look),
        note: state.note(words),
        call: open
            .then(|| calls::call(words, now, model, aside))
            .flatten()
            .filter(|_| alarm.is_none())
            .map(Box::new),
        find: state
            .find
            .as_ref()
            .filter(|_| model.closed.is_none() && !model.is_gate())
            .map(|f| Box::new(find::find(words, now, model, &f.typed, f.chosen))),
        acting: homes::acting(words, &state.homes),
        homes: state
            .homes_open
            .then(|| Box::new(homes::page(words, &state.homes))),
        guide: state
            .guide
            .map(|topic| Box::new(guide::guide(words, topic))),
        folder: state
            .browse
            .as_ref()
            .map(|browse| Box::new(folder::page(words, now, browse))),
        saving: Box::new(folder::saving(words, &state.pictures, &state.papers)),
        waiting: if open {
            calls::waiting(words, now, model, aside)
        } else {
            Vec::new()
        },
        help: if known {
            help::bars(words, now, model, on_help, need)
        } else {
            Vec::new()
        },
        knock: known
            .then(|| invite::knock(words, now, model, state.screen))
            .flatten(),
        seat: family::seat(words, model, state.who_sits),
        undo: undo::ask(words, model.undo.as_ref()),
        calls_help: open,
        alarm,
        page: page(words, now, model, state, home, lists),
    }
}

/// What the gate station is made from.
#[must_use]
pub fn station_facts<'a>(model: &'a Model, state: &'a State) -> station::Facts<'a> {
    let units = model.asked_for.units.as_ref();
    station::Facts {
        status: model.gate.as_ref(),
        answer: model.answer.as_ref(),
        events: &model.gate_log,
        inside: &model.inside,
        expected: &model.expected,
        incidents: &model.incidents,
        mode: state.mode,
        typed: &state.typed.0,
        chosen: state.chosen,
        companions: state.companions,
        lane_plate: state.lane_plate.as_deref(),
        evacuation: model.asked_for.evacuation.as_ref(),
        refusals: model.asked_for.refusals.as_deref(),
        rings: &model.rings,
        units: units.map(|(query, units)| (query.as_str(), units.as_slice())),
        printed: state.printed.as_ref(),
    }
}

/// Who reads what is said on the board and below notices.
fn reader<'a>(model: &Model, state: &'a State, status: &'a Status) -> Reader<'a> {
    let me = status.me.as_ref().map(|me| me.name.as_str());
    let community = status.community.as_ref();
    Reader {
        me: me.unwrap_or_default(),
        office: model.is_office(),
        offices: community.map_or(&[], |c| c.offices.as_slice()),
        ask: state.post_ask.as_ref(),
        settle: &state.settle,
        words: &state.post_words,
        tried: state.post_tried,
        delivery: state.delivery.as_deref(),
    }
}

fn page(
    words: &Catalogue,
    now: Now,
    model: &Model,
    state: &State,
    home: &str,
    lists: &mut Lists,
) -> Page {
    if let Some(fault) = &model.closed {
        let mut page = start::closed(words, fault, home);
        page.urgent = Some(start::urgent(words, now, model));
        if matches!(fault.code, FaultCode::NoHome | FaultCode::NoCommunity) {
            let begun = fault.code == FaultCode::NoCommunity;
            let drafts = (&state.joining, &state.founding);
            let nearby = model.nearby.as_ref();
            page = start::beginning(words, page, state.look, state.begin, drafts, nearby, begun);
        }
        return Page::Start(Box::new(page));
    }
    let Some(status) = &model.status else {
        return Page::Start(Box::new(start::connecting(words, home)));
    };
    match state.screen {
        Screen::Home | Screen::Visitors | Screen::Doorbell | Screen::Register
            if model.is_gate() =>
        {
            let facts = station_facts(model, state);
            Page::Station(Box::new(station::station(words, now, facts)))
        }
        Screen::Doorbell if model.is_house() => {
            Page::Doorbell(Box::new(doorbell::page(words, now, model)))
        }
        Screen::Help => Page::Help(Box::new(help::page(words, now, model, &state.help))),
        Screen::Phones => Page::Phones(Box::new(help::numbers(words, now, model, &state.help))),
        Screen::Settings => {
            let log_in = state.at_log_in;
            Page::Settings(Box::new(bell::settings(words, now, model, log_in)))
        }
        Screen::Invite => Page::Invite(Box::new(invite::page(words, now, model, &state.inviting))),
        Screen::Home | Screen::Doorbell => Page::Home(Box::new(home::home(words, now, model))),
        Screen::Register if !model.is_house() && !model.is_gate() => {
            Page::Register(Box::new(register::page(words, now, model, &state.register)))
        }
        Screen::Register => Page::Home(Box::new(home::home(words, now, model))),
        Screen::Notices => {
            if let Some(alert) = state.alert.as_ref().filter(|_| model.is_office()) {
                return Page::Alert(Box::new(alert::page(words, now, model, alert)));
            }
            if let Some(draft) = state.notice_draft.as_ref().filter(|_| state.composing) {
                let mut page = compose::compose(words, now, Some(status), draft, state.step);
                compose::places::put(words, &mut page, draft, model.area.as_ref());
                page.files = files::form(words, &state.notice_files, &state.adding);
                let mut all = model.notices.iter();
                let earlier = all.find(|n| draft.corrects.as_ref() == Some(&n.id));
                let going = state.notice_files.len();
                compose::correction::put(words, &mut page, draft, earlier, going);
                page.drafts = drafts::rows(words, now, &state.drafts, Form::Notice, None);
                if state.notice_unkept {
                    page.kept = words.say("compose-unkept");
                }
                if draft.is_empty() && draft.corrects.is_none() {
                    page.templates = templates::choices(words, &model.templates);
                }
                return Page::Compose(Box::new(page));
            }
            let open = state.notice.as_ref();
            let mut page = open.and_then(|id| notice_page::page(words, now, &model.notices, id));
            let item = open.and_then(|id| model.notices.iter().find(|n| n.id == *id));
            if let (Some(page), Some(item)) = (&mut page, item) {
                let others = !item.ours;
                page.mute = others.then(|| bell::mute(words, model, &item.id)).flatten();
                let report = model.reach.as_ref();
                page.office = reach::panel(words, now, item, report, state.ask_retract);
                let me = status
                    .me
                    .as_ref()
                    .map_or(PrincipalKind::Other, |me| me.kind);
                let answers = state.notice_answers.as_deref();
                let reader = reader(model, state, status);
                let mut talk = notice_talk::talk(words, now, item, me, answers, &reader);
                let (form, about) = (Form::NoticeReply, Some(item.id.as_str()));
                talk.drafts = drafts::rows(words, now, &state.drafts, form, about);
                if let Some(reply) = &mut talk.reply {
                    reply.problem = typed::problem(words, &state.notice_reply, COMMENT_CHARS);
                    let asked = state.reply_asks_files;
                    reply.files = files::reply_form(words, &state.talk_files, &state.adding, asked);
                }
                page.talk = Some(talk);
                if let Some(office) = &mut page.office {
                    if let Some(ask) = &mut office.ask {
                        let reason = &state.retract_reason;
                        ask.problem = typed::problem(words, reason, reach::REASON_CHARS);
                    }
                    office.delivery.open = state.delivery.as_ref() == Some(&item.id);
                }
            }
            if open.is_some() && page.is_none() {
                return Page::NoticeMissing(words.say("notice-not-found"));
            }
            let aside = state.drafts.iter().any(|line| line.form == Form::Notice);
            let begun = aside || state.notice_draft.as_ref().is_some_and(|d| !d.is_empty());
            let board = lists.notices((state.filter, begun), || {
                let mut board = notices::board(words, now, &model.notices, state.filter);
                if model.is_office() {
                    board.scheduled = scheduled::scheduled(words, now, &model.scheduled);
                }
                board.compose = model.is_office().then(|| {
                    words.say(if begun {
                        "compose-resume"
                    } else {
                        "compose-new"
                    })
                });
                board.alert = model.is_office().then(|| words.say("alert-open-file"));
                board
            });
            Page::Notices(board, page.map(Box::new))
        }
        Screen::Visitors => {
            let card = state
                .pass
                .as_ref()
                .and_then(|id| pass_card::card(words, now, model, id));
            let draft = state.draft.as_ref().filter(|_| state.form);
            let beside = match (draft, card) {
                (Some(draft), _) => {
                    let pin = &state.pin.0;
                    Beside::Form(Box::new(pass_form::form(
                        words,
                        now,
                        Some(status),
                        draft,
                        pin,
                    )))
                }
                (None, Some(mut card)) => {
                    card.delivery.open = state.delivery.as_ref() == Some(&card.id);
                    Beside::Card(Box::new(card))
                }
                (None, None) => Beside::Nothing(
                    refusal_list::list(words, now, model, &state.refusal).map(Box::new),
                ),
            };
            Page::Visitors(Box::new(pass_list::lists(words, now, model)), beside)
        }
        Screen::Board => {
            let reader = reader(model, state, status);
            let open = state
                .post
                .as_ref()
                .and_then(|id| board::page(words, now, &model.posts, id, &reader));
            let case = state.case.as_ref().filter(|_| model.is_office());
            let case = case.and_then(|key| {
                let (typed, tried) = (&state.case_reason, state.post_tried);
                board::case(words, now, &model.queue, key, typed, tried)
            });
            let beside = match open {
                _ if state.posting => {
                    let mut form = board::form(words, &state.post_draft);
                    form.files = files::form(words, &state.files, &state.adding);
                    form.drafts = drafts::rows(words, now, &state.drafts, Form::Post, None);
                    BesidePost::Form(Box::new(form))
                }
                Some(mut page) => {
                    page.mute = bell::mute(words, model, &page.id);
                    let (form, about) = (Form::Reply, Some(page.id.as_str()));
                    page.drafts = drafts::rows(words, now, &state.drafts, form, about);
                    page.reply_problem = typed::problem(words, &state.reply, POST_CHARS);
                    let asked = state.reply_asks_files;
                    page.reply_files =
                        files::reply_form(words, &state.reply_files, &state.adding, asked);
                    BesidePost::Post(Box::new(page))
                }
                None => case.map_or(BesidePost::Nothing, |case| BesidePost::Case(Box::new(case))),
            };
            let board = lists.board(state.board, || {
                let mut board = board::board(words, now, model.shelf(), state.board);
                if model.is_office() {
                    board.decides(words, now, &model.queue, state.board);
                }
                board
            });
            Page::Board(board, beside)
        }
        Screen::Neighbours => Page::Neighbours(Box::new(neighbours::screen(
            words,
            now,
            model.report.as_ref(),
            &status.sync,
        ))),
    }
}
