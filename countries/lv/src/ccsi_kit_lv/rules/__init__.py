"""Rules of the country, a folder a law."""

from ccsi_kit.rules import Rule

RULES: tuple[Rule, ...] = ()
