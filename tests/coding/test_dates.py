"""Days that words name, checked by hand against calendars of five publication days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trees import tree
from vedette.coding.dates import find_dates, report_day, resolve

THU = date(2021, 7, 15)  # an ordinary Thursday
NEW_YEAR = date(2021, 1, 1)  # a Friday
YEAR_END = date(2024, 12, 30)  # a Monday
LEAP = date(2020, 2, 29)  # a Saturday
WED = date(2023, 3, 1)  # a Wednesday, first of its month

# words; first day; last day (inclusive; "" the same day)
ON_THURSDAY = """
on Thursday | 2021-07-15 |
on Wednesday | 2021-07-14 |
on Tuesday | 2021-07-13 |
on Monday | 2021-07-12 |
on Sunday | 2021-07-11 |
on Saturday | 2021-07-10 |
on Friday | 2021-07-09 |
Monday night | 2021-07-12 |
late Tuesday | 2021-07-13 |
early on Wednesday morning | 2021-07-14 |
last Thursday | 2021-07-08 |
last Tuesday | 2021-07-13 |
next Monday | 2021-07-19 |
next Thursday | 2021-07-22 |
this Friday | 2021-07-16 |
this Monday | 2021-07-12 |
this coming Sunday | 2021-07-18 |
between Monday and Wednesday | 2021-07-12 | 2021-07-14
from Saturday to Tuesday | 2021-07-10 | 2021-07-13
Monday through Wednesday | 2021-07-12 | 2021-07-14
since Monday | 2021-07-12 | 2021-07-15
overnight into Wednesday | 2021-07-13 | 2021-07-14
today | 2021-07-15 |
earlier today | 2021-07-15 |
this morning | 2021-07-15 |
tonight | 2021-07-15 |
yesterday | 2021-07-14 |
yesterday evening | 2021-07-14 |
last night | 2021-07-14 |
tomorrow | 2021-07-16 |
the day before yesterday | 2021-07-13 |
the day after tomorrow | 2021-07-17 |
overnight | 2021-07-14 | 2021-07-15
since yesterday | 2021-07-14 | 2021-07-15
in the past 24 hours | 2021-07-14 | 2021-07-15
over the last 48 hours | 2021-07-13 | 2021-07-15
in the past three days | 2021-07-12 | 2021-07-15
during the past week | 2021-07-08 | 2021-07-15
over the past month | 2021-06-15 | 2021-07-15
in the last two years | 2019-07-15 | 2021-07-15
in recent days | 2021-07-08 | 2021-07-15
in the coming week | 2021-07-15 | 2021-07-22
this week | 2021-07-12 | 2021-07-18
last week | 2021-07-05 | 2021-07-11
next week | 2021-07-19 | 2021-07-25
earlier this week | 2021-07-12 | 2021-07-14
later this week | 2021-07-15 | 2021-07-18
this month | 2021-07-01 | 2021-07-31
earlier this month | 2021-07-01 | 2021-07-14
last month | 2021-06-01 | 2021-06-30
next month | 2021-08-01 | 2021-08-31
early last month | 2021-06-01 | 2021-06-10
this year | 2021-01-01 | 2021-12-31
earlier this year | 2021-01-01 | 2021-07-14
last year | 2020-01-01 | 2020-12-31
late last year | 2020-09-01 | 2020-12-31
early last year | 2020-01-01 | 2020-04-30
at the end of last year | 2020-09-01 | 2020-12-31
next year | 2022-01-01 | 2022-12-31
over the weekend | 2021-07-10 | 2021-07-11
last weekend | 2021-07-10 | 2021-07-11
this weekend | 2021-07-17 | 2021-07-18
three days ago | 2021-07-12 |
3 days ago | 2021-07-12 |
a week ago | 2021-07-05 | 2021-07-11
two weeks ago | 2021-06-28 | 2021-07-04
two weeks earlier | 2021-06-28 | 2021-07-04
a couple of weeks ago | 2021-06-28 | 2021-07-04
two months ago | 2021-05-01 | 2021-05-31
seven months ago | 2020-12-01 | 2020-12-31
a year ago | 2020-01-01 | 2020-12-31
five years ago | 2016-01-01 | 2016-12-31
two decades ago | 1999-01-01 | 2003-12-31
six hours ago | 2021-07-15 |
16 July | 2021-07-16 |
14 July | 2021-07-14 |
July 4 | 2021-07-04 |
the 4th of July | 2021-07-04 |
Jul. 4 | 2021-07-04 |
22 July | 2021-07-22 |
23 July | 2020-07-23 |
December 20 | 2020-12-20 |
Sept. 5 | 2020-09-05 |
Sept 5 | 2020-09-05 |
1 January | 2021-01-01 |
July 16, 2021 | 2021-07-16 |
16 July 2019 | 2019-07-16 |
16 July, 2019 | 2019-07-16 |
16th of July 2019 | 2019-07-16 |
Tuesday, July 13 | 2021-07-13 |
Monday, 12 July | 2021-07-12 |
Saturday, 17 July | 2021-07-17 |
2020-03-04 | 2020-03-04 |
4.3.2020 | 2020-03-04 |
3 JAN 90 | 1990-01-03 |
14 JUL 21 | 2021-07-14 |
30 DEC 99 | 1999-12-30 |
3-7 March | 2021-03-03 | 2021-03-07
3–7 March 2019 | 2019-03-03 | 2019-03-07
between 3 and 7 March | 2021-03-03 | 2021-03-07
from 3 to 7 March | 2021-03-03 | 2021-03-07
from March 3 to 7 | 2021-03-03 | 2021-03-07
March 3-7, 2019 | 2019-03-03 | 2019-03-07
from March 28 to April 2 | 2021-03-28 | 2021-04-02
28 December to 3 January | 2020-12-28 | 2021-01-03
28 December 2018 to 3 January 2019 | 2018-12-28 | 2019-01-03
the night of 12-13 June | 2021-06-12 | 2021-06-13
the night of 12 and 13 June | 2021-06-12 | 2021-06-13
March 2020 | 2020-03-01 | 2020-03-31
in March of 2020 | 2020-03-01 | 2020-03-31
in March | 2021-03-01 | 2021-03-31
in July | 2021-07-01 | 2021-07-31
in August | 2020-08-01 | 2020-08-31
last March | 2021-03-01 | 2021-03-31
last July | 2020-07-01 | 2020-07-31
last October | 2020-10-01 | 2020-10-31
next March | 2022-03-01 | 2022-03-31
mid-March | 2021-03-11 | 2021-03-20
early March | 2021-03-01 | 2021-03-10
late March 2019 | 2019-03-21 | 2019-03-31
at the end of March | 2021-03-21 | 2021-03-31
the beginning of May | 2021-05-01 | 2021-05-10
since May | 2021-05-01 | 2021-07-15
since 3 March | 2021-03-03 | 2021-07-15
between March and May | 2021-03-01 | 2021-05-31
from November to February | 2020-11-01 | 2021-02-28
between March and May 2019 | 2019-03-01 | 2019-05-31
in 2014 | 2014-01-01 | 2014-12-31
since 2014 | 2014-01-01 | 2021-07-15
early 2020 | 2020-01-01 | 2020-04-30
mid-2020 | 2020-05-01 | 2020-08-31
late 2020 | 2020-09-01 | 2020-12-31
the first half of 2020 | 2020-01-01 | 2020-06-30
the second half of 2020 | 2020-07-01 | 2020-12-31
the first quarter of 2020 | 2020-01-01 | 2020-03-31
the fourth quarter of 2020 | 2020-10-01 | 2020-12-31
2014-16 | 2014-01-01 | 2016-12-31
2014-2016 | 2014-01-01 | 2016-12-31
between 2014 and 2016 | 2014-01-01 | 2016-12-31
from 2014 to 2016 | 2014-01-01 | 2016-12-31
the 1980s | 1980-01-01 | 1989-12-31
the early 1980s | 1980-01-01 | 1983-12-31
the late 1980s | 1987-01-01 | 1989-12-31
the '90s | 1990-01-01 | 1999-12-31
"""
ON_NEW_YEAR = """
on Friday | 2021-01-01 |
on Thursday | 2020-12-31 |
on Monday | 2020-12-28 |
on Saturday | 2020-12-26 |
yesterday | 2020-12-31 |
tomorrow | 2021-01-02 |
last week | 2020-12-21 | 2020-12-27
this week | 2020-12-28 | 2021-01-03
last month | 2020-12-01 | 2020-12-31
last year | 2020-01-01 | 2020-12-31
earlier this month | 2021-01-01 |
earlier this year | 2021-01-01 |
December 28 | 2020-12-28 |
31 December | 2020-12-31 |
5 January | 2021-01-05 |
10 January | 2020-01-10 |
in December | 2020-12-01 | 2020-12-31
in November | 2020-11-01 | 2020-11-30
since December | 2020-12-01 | 2021-01-01
three days ago | 2020-12-29 |
two months ago | 2020-11-01 | 2020-11-30
overnight | 2020-12-31 | 2021-01-01
"""
ON_YEAR_END = """
on Monday | 2024-12-30 |
on Tuesday | 2024-12-24 |
on Sunday | 2024-12-29 |
next Monday | 2025-01-06 |
last Monday | 2024-12-23 |
tomorrow | 2024-12-31 |
next week | 2025-01-06 | 2025-01-12
next month | 2025-01-01 | 2025-01-31
next year | 2025-01-01 | 2025-12-31
January 5 | 2025-01-05 |
January 20 | 2024-01-20 |
in January | 2024-01-01 | 2024-01-31
over the weekend | 2024-12-28 | 2024-12-29
in the past 24 hours | 2024-12-29 | 2024-12-30
the day after tomorrow | 2025-01-01 |
"""
ON_LEAP_DAY = """
on Saturday | 2020-02-29 |
on Sunday | 2020-02-23 |
yesterday | 2020-02-28 |
tomorrow | 2020-03-01 |
February 29 | 2020-02-29 |
in February | 2020-02-01 | 2020-02-29
this month | 2020-02-01 | 2020-02-29
last year | 2019-01-01 | 2019-12-31
over the past year | 2019-02-28 | 2020-02-29
this weekend | 2020-02-29 | 2020-03-01
1 March | 2020-03-01 |
"""
ON_FIRST_OF_MARCH = """
on Wednesday | 2023-03-01 |
on Tuesday | 2023-02-28 |
yesterday | 2023-02-28 |
last week | 2023-02-20 | 2023-02-26
last month | 2023-02-01 | 2023-02-28
three days ago | 2023-02-26 |
29 February | 2020-02-29 |
February 27 | 2023-02-27 |
on Feb. 24, 2022 | 2022-02-24 |
this Friday | 2023-03-03 |
"""


def rows(published, table):
    for line in table.strip().splitlines():
        words, first, last = (part.strip() for part in line.split("|"))
        start = date.fromisoformat(first)
        yield pytest.param(
            published, words, start, date.fromisoformat(last) if last else start, id=f"{published} {words}"
        )


CASES = [
    *rows(THU, ON_THURSDAY),
    *rows(NEW_YEAR, ON_NEW_YEAR),
    *rows(YEAR_END, ON_YEAR_END),
    *rows(LEAP, ON_LEAP_DAY),
    *rows(WED, ON_FIRST_OF_MARCH),
]


@pytest.mark.parametrize(("published", "words", "first", "last"), CASES)
def test_words_name_days(published, words, first, last):
    when = resolve(words, published=published)

    assert when is not None
    assert (when.start, when.end) == (first, last + timedelta(days=1))


@pytest.mark.parametrize(
    "words",
    [
        "recently", "the second", "in spring", "this summer", "at Christmas", "soon", "later", "12 people", "2,014 people",
        "during Ramadan", "for three days", "a three-day visit", "$2014", "", "nowhere", "seconds",
    ],
)  # fmt: skip
def test_words_that_fix_no_day(words):
    assert resolve(words, published=THU) is None


def test_a_decade_before_the_first_year_is_none():
    assert resolve("the '90s", published=date(88, 1, 1)) is None


def test_a_day_that_does_not_exist_leaves_its_month():
    when = resolve("31 February 2020", published=THU)

    assert (when.start, when.precision) == (date(2020, 2, 1), "month")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Friday", "2021-07-16"),
        ("on Thursday", "2021-07-15"),
        ("on 3 March", "2022-03-03"),
        ("in May", "2022-05-01"),
    ],
)
def test_words_of_the_future_look_ahead(words, expected):
    assert resolve(words, published=THU, is_future=True).start.isoformat() == expected


@pytest.mark.parametrize(
    ("words", "start"),
    [("16 July 2021", date(2021, 7, 16)), ("in 2014", date(2014, 1, 1)), ("March 2020", date(2020, 3, 1)),
     ("on Tuesday", None), ("yesterday", None), ("16 July", None), ("in March", None), ("last year", None),
     ("3 JAN 90", None)],
)  # fmt: skip
def test_without_a_publication_day_only_dates_with_a_year(words, start):
    when = resolve(words, published=None)

    assert (when.start if when else None) == start


@pytest.mark.parametrize(
    ("words", "precision", "basis"),
    [("on Tuesday", "day", "stated"), ("yesterday", "day", "relative"), ("last week", "week", "relative"),
     ("in March", "month", "stated"), ("in 2014", "year", "stated"), ("3-7 March", "range", "stated"),
     ("two years ago", "year", "relative"), ("since May", "range", "stated")],
)  # fmt: skip
def test_precision_and_basis(words, precision, basis):
    when = resolve(words, published=THU)

    assert (when.precision, when.basis) == (precision, basis)


def found(parsed, published=THU):
    return [
        (m.span.of(parsed.text), m.when.start.isoformat() if m.when else m.unfixed)
        for m in find_dates(parsed, published)
    ]


def test_a_weekday_of_a_past_verb_lies_behind():
    parsed = tree("Troops/NNS/nsubj/2 left/VBD/ROOT/0/leave on/IN/prep/2 Friday/NNP/pobj/3")

    assert found(parsed) == [("Friday", "2021-07-09")]


def test_a_weekday_of_a_future_verb_lies_ahead():
    parsed = tree("They/PRP/nsubj/3 will/MD/aux/3 leave/VB/ROOT/0 on/IN/prep/3 Friday/NNP/pobj/4")

    assert found(parsed) == [("Friday", "2021-07-16")]


def test_may_the_verb_is_no_month():
    parsed = tree("They/PRP/nsubj/3 may/MD/aux/3 leave/VB/ROOT/0")

    assert found(parsed) == []


def test_march_the_verb_is_no_month():
    parsed = tree("March/VB/ROOT/0 on/IN/prep/1 !/./punct/1")

    assert found(parsed) == []


def test_a_named_weekday_is_no_day():
    parsed = tree("On/IN/prep/5 Bloody/NNP/compound/3 Sunday/NNP/pobj/1 they/PRP/nsubj/5 marched/VBD/ROOT/0/march")

    assert found(parsed) == []


def test_a_number_of_people_is_no_year():
    parsed = tree("They/PRP/nsubj/2 freed/VBD/ROOT/0/free 2014/CD/nummod/4 prisoners/NNS/dobj/2/prisoner")

    assert found(parsed) == []


def test_a_deadline_lies_ahead():
    parsed = tree("Tariffs/NNS/nsubj/2 paused/VBD/ROOT/0/pause until/IN/prep/2 August/NNP/pobj/3 20/CD/nummod/4")

    assert found(parsed) == [("August 20", "2021-08-20")]


def test_a_day_earlier_counts_from_the_last_day_named():
    parsed = tree(
        "Troops/NNS/nsubj/2 left/VBD/ROOT/0/leave on/IN/prep/2 Monday/NNP/pobj/3",
        "Rebels/NNS/nsubj/2 came/VBD/ROOT/0/come two/CD/nummod/4 days/NNS/npadvmod/5 earlier/RB/advmod/2",
    )

    assert found(parsed) == [("Monday", "2021-07-12"), ("two days earlier", "2021-07-10")]


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.sampled_from(range(7)))
def test_a_weekday_lies_within_the_last_week(published, number):
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]

    when = resolve(f"on {name}", published=published)

    assert timedelta(0) <= published - when.start < timedelta(days=7)
    assert when.start.weekday() == number


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.dates(date(1950, 1, 1), date(2060, 1, 1)))
def test_a_full_date_is_itself_whenever_it_is_read(published, day):
    when = resolve(f"{day.day} {day:%B} {day.year}", published=published)

    assert (when.start, when.precision) == (day, "day")


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_bare_day_is_never_more_than_a_week_ahead(published, day):
    when = resolve(f"{day.day} {day:%B}", published=published)

    assert when.start - published <= timedelta(days=7)
    assert (when.start.month, when.start.day) == (day.month, day.day)


PIECES = st.sampled_from(
    "last next this since Monday May 31 0 2020 1999 - / to between and ago days weeks decades 999 the of early '90s "
    "٣ ² 12:30 March Sept. past overnight 9999 years first half quarter 1500s %".split()
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=14), st.none() | st.dates())
def test_any_words_at_all_return(words, published):
    when = resolve(" ".join(words), published=published)

    assert when is None or when.start < when.end


@given(st.lists(PIECES, min_size=1, max_size=20), st.none() | st.dates())
def test_mentions_lie_in_the_text_in_order_and_apart(words, published):
    parsed = tree(" ".join(f"{w.replace('/', '-')}/NN/dep/{k}" for k, w in enumerate(words)))

    spans = [m.span for m in find_dates(parsed, published)]

    assert all(s.end <= len(parsed.text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Hamal/NNP/pobj/2 12/CD/nummod/3", "solar hijri"),
        ("10/CD/nummod/4 Muharram/NNP/pobj/2", "lunar hijri"),
        ("1400/CD/nummod/4 AH/NNP/pobj/2", "hijri"),
        ("Juche/NNP/nmod/4 110/CD/pobj/2", "Juche"),
        ("the/DT/det/4 summer/NN/pobj/2", "season"),
        ("Eid/NNP/pobj/2", "feast"),
        ("New/NNP/compound/4 Year/NNP/pobj/2", "feast"),
        ("03-04-2021/CD/pobj/2", "day or month first"),
    ],
)
def test_words_that_fix_no_day_are_noted_with_the_reason(words, why):
    parsed = tree(f"Left/VBD/ROOT/0/leave in/IN/prep/1 {words}")

    assert [reason for _, reason in found(parsed)] == [why]


def test_a_bare_day_of_a_past_verb_is_not_after_publication():
    past = tree("Troops/NNS/nsubj/2 left/VBD/ROOT/0/leave on/IN/prep/2 July/NNP/pobj/3 17/CD/nummod/4")
    of_a_noun = tree(
        "The/DT/det/4 July/NNP/compound/4 17/CD/nummod/2 vote/NN/nsubjpass/6 was/VBD/auxpass/6 held/VBN/ROOT/0/hold"
    )

    assert found(past) == [("July 17", "2020-07-17")]
    assert found(of_a_noun) == [("July 17", "2021-07-17")]


def test_a_movement_named_after_a_day_is_no_date():
    parsed = tree("The/DT/det/4 26/CD/nummod/4 July/NNP/compound/4 Movement/NNP/nsubj/5 left/VBD/ROOT/0/leave")

    assert found(parsed) == []


def test_the_following_day_counts_from_a_day_named_before_it_in_the_sentence():
    parsed = tree(
        "Rebels/NNS/nsubj/2 came/VBD/ROOT/0/come on/IN/prep/2 Monday/NNP/pobj/3 and/CC/cc/2 left/VBD/conj/2/leave "
        "the/DT/det/9 next/JJ/amod/9 day/NN/npadvmod/6"
    )

    assert found(parsed) == [("Monday", "2021-07-12"), ("the next day", "2021-07-13")]


@pytest.mark.parametrize(
    ("dateline", "published", "day"),
    [
        ("July 14", THU, date(2021, 7, 14)),
        ("July 15", THU, THU),
        ("July 17", THU, THU),
        ("July 9", THU, THU),
        (None, THU, THU),
        ("14 July 2021", None, date(2021, 7, 14)),
        ("July 14", None, None),
    ],
)
def test_today_is_the_day_of_the_dateline_where_it_is_near_publication(dateline, published, day):
    assert report_day(dateline, published) == day
