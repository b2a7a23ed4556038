"""Forms to print and fill in by hand."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from ccsi_kit.forms.asking import Question, said
from ccsi_kit.forms.places import labels
from ccsi_kit.i18n import words

if TYPE_CHECKING:
    from ccsi_kit.forms.form import Form

_STYLE: Final = """
@page { size: A4; margin: 16mm; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1c2126;
  font: 1rem/1.45 system-ui, "Noto Sans", Arial, sans-serif; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2rem 0 .25rem; font-size: 1.25rem; break-after: avoid; }
h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; break-after: avoid; }
section { break-inside: avoid; margin: 1rem 0; }
p { margin: 0 0 .25rem; }
.asked { font-weight: 600; }
.help { color: #57606a; font-size: .875rem; }
.line, .short { border-bottom: 1px solid #1c2126; height: 1.75rem; }
.short { width: 12rem; }
.room { border: 1px solid #1c2126; height: 6rem; }
ul { list-style: none; margin: .25rem 0 0; padding: 0; columns: 2; }
li { break-inside: avoid; padding-left: 1.5rem; text-indent: -1.5rem; }
li::before { content: ""; display: inline-block; width: .75rem; height: .75rem; margin-right: .75rem;
  border: 1px solid #1c2126; vertical-align: -.05rem; }
"""
_SAFE: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PARTS: Final = 3
"""How many parts of a list there is room for."""


def printed(form: "Form", lang: str) -> str:
    """A form as a page in a language: every question with its choices, or with room to write."""
    title = escape(said(form.title, lang))
    body = "\n".join(_asked(form.questions, lang, 2))
    return f"""<!doctype html>
<html lang="{escape(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_SAFE}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{escape(words("form.paper.lead", lang))}</p>
{body}
</main>
</body>
</html>
"""


def _asked(questions: Sequence[Question], lang: str, level: int) -> Iterator[str]:
    for question in questions:
        if question.kind == "parts":
            yield from _parts(question, lang, level)
        else:
            yield f"<section>{_head(question, lang)}{_room(question, lang)}</section>"


def _parts(question: Question, lang: str, level: int) -> Iterator[str]:
    """Room for the first parts of a list; inside of a part, for one."""
    label = said(question.label, lang)
    yield f"<h{level}>{escape(label)}</h{level}>"
    for number in range(1, (_PARTS if level == 2 else 1) + 1):
        yield f"<h{level + 1}>{escape(words('form.paper.part', lang, what=label, number=number))}</h{level + 1}>"
        yield from _asked(question.parts, lang, min(level + 2, 5))
    yield f'<p class="help">{escape(words("form.paper.more", lang))}</p>'


def _head(question: Question, lang: str) -> str:
    must = " *" if question.required else ""
    told = [said(question.advice, lang)] if question.advice else []
    if question.kind in ("choice", "yes-no", "choices"):
        told.append(words(f"form.paper.{'several' if question.kind == 'choices' else 'one'}", lang))
    help_ = "".join(f'<p class="help">{escape(line)}</p>' for line in told)
    return f'<p class="asked">{escape(said(question.label, lang))}{must}</p>{help_}'


def _room(question: Question, lang: str) -> str:
    choices = list(labels(question, lang).values())
    if question.kind == "yes-no":
        choices = [words("form.yes", lang), words("form.no", lang)]
    if choices:
        return f"<ul>{''.join(f'<li>{escape(choice)}</li>' for choice in choices)}</ul>"
    return f'<div class="{_room_for(question)}"></div>'


def _room_for(question: Question) -> str:
    """How much room an answer takes: a few letters, a line, or several."""
    if question.is_country or question.kind in ("day", "whole", "number"):
        return "short"
    return "room" if question.kind in ("text", "texts") else "line"
