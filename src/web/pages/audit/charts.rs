//! The charts that the report of the command line has too, drawn in the colours of these
//! pages, each with its numbers as a table.

use maud::{Markup, html};

use crate::audit::{self, Chart, Shape};
use crate::ops::audit::Report;
use crate::web::parts::safe;

/// Rows of a table below a chart.
const MOST_ROWS: usize = 40;

/// What there is to draw.
pub(super) fn charts(report: &Report) -> Markup {
    let past = report.answer.past_quarters();
    let charts = audit::charts(&report.states, &report.findings, &past);
    html! {
        @if !charts.is_empty() {
            section aria-labelledby="Charts" {
                h2 id="Charts" { "How fresh it is" }
                div.charts { @for chart in &charts { (figure(chart)) } }
            }
        }
    }
}

fn figure(chart: &Chart) -> Markup {
    html! {
        figure.chart {
            figcaption { h3 id=(chart.id) { (chart.title) } p { (safe(&chart.says)) } }
            svg viewBox=(format!("0 0 {} {}", chart.width, chart.height)) role="img" aria-labelledby=(chart.id) {
                @for it in &chart.shapes { (shape(it)) }
            }
            @if !chart.legend.is_empty() {
                ul.legend { @for (class, says) in &chart.legend { li { span.key.(class) {} " " (says) } } }
            }
            details {
                summary { "Numbers of “" (chart.title) "”" }
                (numbers(chart))
            }
        }
    }
}

fn shape(shape: &Shape) -> Markup {
    html! {
        @match shape {
            Shape::Rect { x, y, width, height, class, title } => {
                rect x=(x) y=(y) width=(width) height=(height) class=(class) { title { (safe(title)) } }
            },
            Shape::Text { x, y, class, text } => { text x=(x) y=(y) class=(class) { (safe(text)) } },
            Shape::Line { points, class } => { polyline points=(points) class=(class) {} },
        }
    }
}

fn numbers(chart: &Chart) -> Markup {
    html! {
        div.table tabindex="0" role="region" aria-label={ "Numbers of " (chart.title) } {
            table {
                thead { tr { @for name in &chart.head { th scope="col" { (safe(name)) } } } }
                tbody {
                    @for row in chart.rows.iter().take(MOST_ROWS) {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (safe(cell)) } } @else { td { (safe(cell)) } }
                            }
                        }
                    }
                }
            }
        }
        @if chart.rows.len() > MOST_ROWS {
            p.none { (chart.rows.len() - MOST_ROWS) " more rows: " code { "prode audit --format html" } }
        }
    }
}
