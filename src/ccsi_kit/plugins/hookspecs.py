"""Every hook, when it is called and what one implementer returns.

Only the core calls hooks, one plug-in at a time, through `Loaded`: a plug-in that raises disturbs no other.
Stable, for countries: `ccsi_country`, `ccsi_identifiers`, `ccsi_rules`.
Provisional, used first by the core's own rooms: `ccsi_commands`, `ccsi_records`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsi_kit.hook import hookspec

if TYPE_CHECKING:
    import click

    from ccsi_kit.identifiers import Scheme
    from ccsi_kit.models import Record
    from ccsi_kit.plugins.declared import Country
    from ccsi_kit.rules import Rule


@hookspec
def ccsi_country() -> Country:
    """Called once when a country is loaded. Returns what the country declares."""
    raise AssertionError


@hookspec
def ccsi_identifiers() -> tuple[Scheme, ...]:
    """Called when numbers are first read. Returns the country's schemes, the one that names a thing best first."""
    raise AssertionError


@hookspec
def ccsi_rules() -> tuple[Rule, ...]:
    """Called when a rule is first asked. Returns the country's rules, one for each question."""
    raise AssertionError


@hookspec
def ccsi_commands() -> tuple[click.Command, ...]:
    """Called when the command line needs a command that `cli` has not. Returns commands or groups, each named."""
    raise AssertionError


@hookspec
def ccsi_records() -> tuple[type[Record], ...]:
    """Called when records are first read or a form is made. Returns the types of what people write, each of a kind."""
    raise AssertionError
