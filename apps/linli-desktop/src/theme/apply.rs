//! Puts the tokens into egui's own style, so that its widgets look like ours.

use super::Theme;
use crate::fonts::medium;
use egui::style::{Selection, WidgetVisuals, Widgets};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Visuals, vec2,
};
use linli_view::intent::Look;

/// Sets the style of the whole window.
pub fn apply(ctx: &egui::Context, theme: &Theme) {
    let base = if theme.look == Look::Dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    ctx.set_theme(base);
    ctx.set_style_of(base, style(theme));
}

fn style(theme: &Theme) -> Style {
    let mut style = Style::default();
    let font = |size: f32| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, font(theme.size.small)),
        (TextStyle::Body, font(theme.size.body)),
        (TextStyle::Button, font(theme.size.body)),
        (
            TextStyle::Monospace,
            FontId::new(theme.size.body, FontFamily::Monospace),
        ),
        (
            TextStyle::Heading,
            FontId::new(theme.size.heading, medium()),
        ),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(theme.gap(2.0), theme.gap(2.0));
    spacing.button_padding = vec2(theme.gap(3.0), theme.gap(1.0));
    spacing.interact_size = vec2(theme.space.target, theme.space.target);
    spacing.window_margin = Margin::same(12);
    spacing.text_edit_width = 260.0;
    spacing.scroll.bar_width = if theme.elderly() { 16.0 } else { 8.0 };
    spacing.scroll.floating = false;
    // A line that is faded at the edge is a line that weak eyes cannot read; the bar says that there is more.
    spacing.scroll.fade.strength = 0.0;
    // What ends at the right edge does not stand against the bar.
    spacing.scroll.bar_inner_margin = theme.gap(2.0);
    spacing.scroll.foreground_color = false;
    style.visuals = visuals(theme);
    // Nothing moves by itself, and nothing repaints by itself.
    style.animation_time = 0.0;
    style.interaction.selectable_labels = false;
    style.explanation_tooltips = false;
    style
}

fn visuals(theme: &Theme) -> Visuals {
    let c = theme.colour;
    let mut visuals = if theme.look == Look::Dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let widget = |fill: Color32, edge: Color32, text: Color32, width: f32| WidgetVisuals {
        // egui paints scroll bars with this one, and nothing else we use.
        bg_fill: if fill == c.raised { c.quiet } else { c.edge },
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(width, edge),
        corner_radius: CornerRadius::same(theme.space.round),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    visuals.widgets = Widgets {
        noninteractive: widget(c.card, c.line, c.text, 1.0),
        inactive: widget(c.card, c.edge, c.text, 1.0),
        hovered: widget(c.raised, c.accent, c.text, 1.0),
        active: widget(c.raised, c.accent, c.text, 2.0),
        open: widget(c.raised, c.accent, c.text, 1.0),
    };
    visuals.selection = Selection {
        bg_fill: c.raised,
        stroke: Stroke::new(2.0, c.accent),
    };
    visuals.override_text_color = Some(c.text);
    visuals.weak_text_color = Some(c.quiet);
    visuals.panel_fill = c.page;
    visuals.window_fill = c.card;
    visuals.window_stroke = Stroke::new(1.0, c.line);
    visuals.extreme_bg_color = c.card;
    visuals.text_edit_bg_color = Some(c.card);
    visuals.faint_bg_color = c.rail;
    visuals.hyperlink_color = c.accent;
    visuals.text_cursor.stroke = Stroke::new(2.0, c.accent);
    // A blinking cursor would repaint an idle window twice a second.
    visuals.text_cursor.blink = false;
    visuals
}
