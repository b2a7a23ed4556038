"""Its entry point names an object, not this module."""

from ccsi_kit.hook import hookimpl
from ccsi_kit.plugins import Country


@hookimpl
def ccsi_country() -> Country:
    """A country."""
    return Country(code="xh", languages=("en",), territory_level=3, currency="EUR", api=1)


class _Plugin:
    ccsi_country = staticmethod(ccsi_country)


plugin = _Plugin()
