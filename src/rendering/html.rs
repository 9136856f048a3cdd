//! Markdown as HTML that a browser may show without trusting the file.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use comrak::html::{
    ChildRendering, Context, escape, format_document_with_formatter, format_node_default,
};
use comrak::nodes::NodeValue;
use comrak::{Arena, Node, options::Plugins, parse_document};

/// Anchors by the line of their heading, 1-based in the text that is rendered.
type Anchors = HashMap<usize, String>;

/// `markdown` as HTML. Headings that stand on the lines of `anchors` carry
/// them as ids. The file's own HTML is shown as text, its comments are left
/// out, and links that would run a script lead nowhere.
pub fn html<'a>(markdown: &str, anchors: impl IntoIterator<Item = (usize, &'a str)>) -> String {
    let anchors = anchors.into_iter().map(|(line, anchor)| (line, anchor.to_owned())).collect();
    let arena = Arena::new();
    let options = super::options();
    let root = parse_document(&arena, markdown, &options);
    let mut html = String::new();
    let plugins = Plugins::default();
    let written =
        format_document_with_formatter(root, &options, &mut html, &plugins, node, anchors);
    match written {
        Ok(_) => html,
        Err(fmt::Error) => String::new(),
    }
}

fn node(
    context: &mut Context<'_, '_, Anchors>,
    node: Node<'_>,
    entering: bool,
) -> Result<ChildRendering, fmt::Error> {
    let data = node.data();
    match &data.value {
        NodeValue::Heading(heading) if entering => {
            context.cr()?;
            write!(context, "<h{}", heading.level)?;
            if let Some(anchor) = context.user.get(&data.sourcepos.start.line).cloned() {
                context.write_str(" id=\"")?;
                escape(context, &anchor)?;
                context.write_str("\"")?;
            }
            context.write_str(">")?;
            Ok(ChildRendering::HTML)
        }
        NodeValue::HtmlBlock(block) if is_comment(&block.literal) => Ok(ChildRendering::Skip),
        NodeValue::HtmlInline(text) if is_comment(text) => Ok(ChildRendering::Skip),
        _ => {
            drop(data);
            format_node_default(context, node, entering)
        }
    }
}

/// True for HTML that is nothing but one comment.
pub(super) fn is_comment(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| !inner.contains("-->"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_carry_the_anchors_of_their_lines() {
        let html = html("# A *b*\n\ntext\n\nC\n---\n", [(1, "a-b"), (5, "c\"d")]);
        assert!(html.contains("<h1 id=\"a-b\">A <em>b</em></h1>"), "{html}");
        assert!(html.contains("<h2 id=\"c&quot;d\">C</h2>"), "{html}");
    }

    #[test]
    fn nothing_of_the_file_runs() {
        let html = html(
            "<script>x</script>\n\na <b onclick=x>c</b> <!-- gone -->\n\n[l](javascript:x) ![i](data:text/html,x)\n\n<!-- gone\n\ntoo -->\n",
            [],
        );
        assert!(!html.contains("<script") && !html.contains("<b "), "{html}");
        assert!(html.contains("&lt;script&gt;") && !html.contains("gone"), "{html}");
        assert!(!html.contains("javascript:") && !html.contains("data:text"), "{html}");
    }

    #[test]
    fn deep_nesting_ends() {
        let deep = format!("{}x\n", "> ".repeat(5_000));
        assert!(html(&deep, []).contains('x'));
    }
}
