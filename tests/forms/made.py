"""Record types with every kind of question, and words for them."""

import datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from ccsi_kit.models import Model, Money, Participant, Period, Record, Ref, Text


class Answer(Model):
    item: Ref
    said: Text | None = None
    marks: int | None = Field(default=None, ge=0, le=10)
    evidence: tuple[str, ...] = ()


class Trial(Record, kind="trial"):
    title: Text
    summary: Text | None = None
    notes: str | None = None
    count: int | None = Field(default=None, ge=0)
    score: float | None = None
    share: Decimal | None = Field(default=None, ge=0, le=1)
    date: datetime.date | None = None
    agreed: bool | None = None
    size: Literal["small", "big"] | None = None
    theme: Ref | None = Field(default=None, json_schema_extra={"vocabulary": "ccsi:theme"})
    themes: tuple[Ref, ...] = Field(default=(), json_schema_extra={"vocabulary": "ccsi:theme"})
    organisation: Ref | None = None
    period: Period | None = None
    budget: Money | None = None
    tags: tuple[str, ...] = ()
    links: tuple[Ref, ...] = ()
    participants: tuple[Participant, ...] = ()
    answers: tuple[Answer, ...] = ()
    computed: str | None = Field(default=None, json_schema_extra={"asked": False})


class Plain(Record, kind="plain"):
    title: Text
    notes: str
    count: int | None = None


WORDS = {
    "record.trial": ("Trial", "Ensayo", "Essai", "Försök", "Izmēģinājums"),
    "record.plain": ("Plain: [a/b]", "Simple", "Simple", "Enkel", "Vienkāršs"),
    "record.trial.count": ("How many", "Cuántos", "Combien", "Hur många", "Cik"),
    "record.trial.score": ("Score", "Puntuación", "Note", "Poäng", "Vērtējums"),
    "record.trial.share": ("Share", "Parte", "Part", "Andel", "Daļa"),
    "record.trial.agreed": ("Agreed", "Acordado", "Convenu", "Överenskommet", "Saskaņots"),
    "record.trial.size": ("Size", "Tamaño", "Taille", "Storlek", "Lielums"),
    "record.trial.size.small": ("Small", "Pequeño", "Petit", "Liten", "Mazs"),
    "record.trial.size.big": ("Big", "Grande", "Grand", "Stor", "Liels"),
    "record.trial.theme": ("Main theme", "Tema principal", "Thème principal", "Huvudtema", "Galvenā tēma"),
    "record.trial.tags": ("Words", "Palabras", "Mots", "Ord", "Vārdi"),
    "record.trial.links": ("Links", "Enlaces", "Liens", "Länkar", "Saites"),
    "record.trial.answers": ("Answers", "Respuestas", "Réponses", "Svar", "Atbildes"),
    "record.trial.notes.help": ("As you like.", "Como quiera.", "À votre gré.", "Som ni vill.", "Kā vēlaties."),
    "record.other": ("Other", "Otro", "Autre", "Annan", "Cits"),
    "record.twin": ("Twin", "Gemelo", "Jumeau", "Tvilling", "Dvīnis"),
    "record.twin.size": ("Size", "Tamaño", "Taille", "Storlek", "Lielums"),
    "record.twin.tags": ("Words", "Palabras", "Mots", "Ord", "Vārdi"),
    "record.plain.count": ("How many", "Cuántos", "Combien", "Hur många", "Cik"),
    "record.answer.item": ("Item", "Elemento", "Élément", "Punkt", "Punkts"),
    "record.answer.said": ("Said", "Dicho", "Dit", "Sagt", "Teikts"),
    "record.answer.marks": ("Marks", "Puntos", "Points", "Poäng", "Punkti"),
    "record.answer.evidence": ("Evidence", "Evidencia", "Preuve", "Belägg", "Pierādījumi"),
}
LANGUAGES = ("en", "es", "fr", "sv", "lv")
