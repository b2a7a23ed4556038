"""No two values share a file, on disks that see no case either; ordinary ones have plain names."""

from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.hub import addresses
from ccsi_kit.models import encode

WORDS = "a/b a-b A-B a:b x:a-b/c x:a/b-c x:a/b.c none None ccsi:theme/care ccsi.theme.care LV00C lv00c"
VALUES = st.lists(
    st.one_of(
        st.text(max_size=200),
        st.sampled_from(["", *WORDS.split()]),
    ),
    unique=True,
    min_size=2,
    max_size=8,
)


@given(values=VALUES, facet=st.sampled_from(["programme", "theme", "territory"]))
def test_different_values_have_different_pages(values, facet):
    paths = {addresses.listing("en", "initiatives", facet, value).lower() for value in values}
    assert len(paths) == len(values)
    assert all(len(path) < 180 and path.count("/") == 4 for path in paths)


@given(
    locals_=st.lists(
        st.one_of(
            st.text(min_size=1, max_size=300), st.text("aA1-%/", min_size=1, max_size=3), st.from_regex(r"\A[Qq]9\Z")
        ),
        unique=True,
        min_size=2,
        max_size=8,
    )
)
def test_different_things_have_different_pages(locals_):
    paths = {addresses.thing("en", "initiative", f"se:program:{encode(local)}").lower() for local in locals_}
    assert len(paths) == len(locals_)
    assert all(len(path) < 180 and path.count("/") == 3 for path in paths)


def test_hyphens_of_lists_codes_schemes_and_numbers_do_not_run_together():
    for one, other in (("x:a-b/c", "x:a/b-c"), ("x:a/b.c", "x:a.b.c")):
        assert addresses.listing("en", "services", "theme", one) != addresses.listing("en", "services", "theme", other)
    assert addresses.thing("en", "service", "x:a-b:c") != addresses.thing("en", "service", "x:a:b-c")


def test_a_value_of_dots_stays_in_its_folder():
    assert "/../" not in addresses.listing("en", "initiatives", "programme", "..", 2)


def test_ordinary_values_have_plain_names():
    assert addresses.listing("lv", "organisations", "form", "ccsi:legal-form/f51").endswith(
        "/form/ccsi.legal-form.f51.html"
    )
    assert addresses.listing("lv", "organisations", "territory", "LV00C").endswith("/territory/LV00C.html")
    assert addresses.listing("lv", "organisations", "country", "es", 2).endswith("/country/es/2.html")
    assert addresses.listing("lv", "organisations", "theme", "").endswith("/theme/none.html")
    assert (
        addresses.thing("lv", "organisation", "lv:regcode:40008000009")
        == "/lv/organisation/lv.regcode.40008000009.html"
    )
