from __future__ import annotations

from datetime import date

import pytest

from vedette.model.kinds import EventKind, Harm, Side
from vedette.model.values import Place, Tally, When, toll_of
from vedette.resolve import resolve_claims
from vedette.resolve.match import explain
from vedette.resolve.profile import Profile
from vedette.resolve.resolution import incident_id


def events(*told, judgements=()):
    """The incidents of a batch as sets of claim ids."""
    made = resolve_claims(told, (), (), judgements).incidents
    return {frozenset(incident.claim_ids) for incident in made}


def together(*told):
    return frozenset(each.claim.id for each in told)


def test_reports_that_agree_on_kind_place_day_and_toll_are_one_incident_that_says_why(tell):
    wire = tell("wire", killed="46+", at="a Shiite mosque", published=8)
    ngo = tell("ngo", killed=50, at="worshippers", by="gunmen")
    (incident,) = resolve_claims((wire, ngo), (), (), ()).incidents
    assert incident.claim_ids == (wire.claim.id, ngo.claim.id)
    assert incident.reasons == (
        "wire tells it first",
        "ngo joins wire: same day 2021-10-08, both in Kunduz, both suicide_bomb, killed 46+ and 50 are close",
        "credibility 2: two sources tell it",
    )


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ({"kind": "suicide_bomb"}, {"kind": "remote_explosive_landmine_ied"}, True),
        ({"kind": "suicide_bomb"}, {"kind": "unknown"}, True),
        ({"kind": "armed_clash"}, {"kind": "attack"}, True),
        ({"kind": "suicide_bomb"}, {"kind": "arrests"}, False),
        ({"kind": "peaceful_protest"}, {"kind": "armed_clash"}, False),
        ({"day": 8}, {"day": 9}, False),
        ({"day": When(date(2021, 10, 4), date(2021, 10, 9))}, {"day": 8}, True),
        ({"place": "city"}, {"place": "province"}, True),
        ({"place": "district"}, {"place": "other district"}, False),
        ({"killed": 46}, {"killed": 100}, True),
        ({"killed": 46, "place": "province"}, {"killed": 100}, False),
        ({"killed": 46, "place": "district"}, {"killed": 100, "place": "district"}, False),
        (
            {"kind": "attack", "at": "a bank", "place": "district"},
            {"kind": "attack", "at": "a lorry", "place": "district"},
            True,
        ),
        ({"kind": "attack", "at": "a bank", "place": "province"}, {"kind": "attack", "at": "a lorry"}, False),
        ({"killed": 46, "kind": "attack", "at": "a bank"}, {"killed": 3, "kind": "attack", "at": "a bridge"}, False),
        ({"by": "Islamic State"}, {"by": "ISKP"}, True),
        ({"by": "Islamic State"}, {"by": "gunmen"}, True),
        ({"by": "Islamic State"}, {"by": "Taliban"}, True),
        ({"by": "Islamic State", "kind": "attack", "place": "province"}, {"by": "Taliban", "kind": "attack"}, False),
        ({"place": "country", "killed": 46}, {"killed": 46}, False),
        ({"place": "country", "killed": 46, "by": "ISKP"}, {"killed": 46, "by": "ISKP"}, True),
        ({"place": "country", "killed": 2, "by": "ISKP"}, {"killed": 2, "by": "ISKP"}, False),
        ({"place": ""}, {"place": ""}, False),
        ({"place": "", "by": "ISKP"}, {"place": "", "by": "ISKP"}, False),
        ({"place": "", "killed": 46}, {"place": "", "killed": 46}, False),
        ({"place": "", "killed": 46, "by": "gunmen"}, {"place": "", "killed": 46, "by": "gunmen"}, False),
        ({"place": "", "killed": 46, "by": "ISKP"}, {"place": "", "killed": 46, "by": "Islamic State"}, True),
        ({"day": When()}, {"day": 8}, False),
        ({"day": When(None, date(2021, 10, 9))}, {"day": 8}, False),
        ({"day": When(None, date(2021, 10, 9)), "killed": 46, "by": "ISKP"}, {"killed": 46, "by": "ISKP"}, True),
    ],
)
def test_two_claims_are_one_event_only_where_what_they_share_suffices(tell, left, right, one):
    pair = tell("a", **left), tell("b", **right)
    assert (len(events(*pair)) == 1) is one


def test_province_only_claim_joins_settlement_claim_of_that_province_on_the_same_day(tell):
    city, province = tell("a", killed=12), tell("b", place="province", killed="10+")
    (incident,) = resolve_claims((province, city), (), (), ()).incidents
    assert incident.place == city.claim.place.value
    assert "Kunduz (province) holds Kunduz" in incident.reasons[1]


def test_open_tolls_without_a_best_are_said_to_overlap_and_not_to_agree():
    left, right = (
        Profile(frozenset(), When(), Place(), *[frozenset()] * 3, {Harm.KILLED: Tally(low, None, None)})
        for low in (1, 2)
    )
    assert "killed 1+ and 2+ overlap" in explain(left, right)


def test_province_only_claim_never_chains_two_districts(tell):
    one, other, bridge = tell("a", place="district"), tell("b", place="other district"), tell("c", place="province")
    assert len(events(one, other, bridge)) == 2


def test_claim_told_of_a_whole_week_never_chains_two_days(tell):
    week = When(date(2021, 10, 4), date(2021, 10, 9))
    assert len(events(tell("a", day=5), tell("b", day=8), tell("c", day=week))) == 2


def test_two_events_of_one_article_are_never_one_incident(tell):
    assert len(events(tell("a#1", killed=3), tell("a#2", killed=2))) == 2


def test_two_events_of_one_article_are_not_chained_by_another_article(tell):
    first, second = tell("a#1", killed=30), tell("a#2", killed=20)
    other = tell("b", killed=30)
    assert events(first, second, other) == {together(first, other), together(second)}


def test_two_speakers_on_the_toll_of_one_event_are_one_incident(tell):
    police = tell("a#1", killed=30, said_by="police")
    doctor = tell("a#2", killed=45, said_by="a doctor")
    assert events(police, doctor) == {together(police, doctor)}


def test_denial_founds_nothing(tell):
    assert not events(tell("a", stance="denies"))


def test_denial_attaches_to_what_it_denies_and_lowers_its_credibility(tell):
    tellers = [tell(name, killed=12) for name in ("a", "b", "c")]
    denial = tell("d", stance="denies", said_by="a spokesman", day=When(None, date(2021, 10, 10)), published=10)
    (incident,) = resolve_claims((denial, *tellers), (), (), ()).incidents
    assert incident.claim_ids[-1] == denial.claim.id
    assert incident.reasons[3].startswith("d denies it: ")
    assert (incident.credibility, incident.responsibility.disputed) == (4, True)
    assert incident.when == When(date(2021, 10, 8), date(2021, 10, 8))


def test_denial_of_another_kind_in_the_same_article_stays_alone(tell):
    bomb = tell("a#1", said_by="officials")
    second = tell("a#2", kind="remote_explosive_landmine_ied", stance="denies", said_by="a spokesman")
    assert events(bomb, second) == {together(bomb)}


def test_threat_neither_founds_nor_joins(tell):
    told = tell("a")
    assert events(told, tell("b", stance="threatens")) == {together(told)}


def test_doubted_event_is_an_incident_of_credibility_four(tell):
    (incident,) = resolve_claims((tell("a", stance="doubts", killed=5, reliability="B"),), (), (), ()).incidents
    assert incident.credibility == 4
    assert toll_of(incident.tolls, Harm.KILLED) == Tally(5, 5, 5)


@pytest.mark.parametrize(
    ("sources", "reliability", "stances", "grade"),
    [
        ("abc", "F", "aaa", 1),
        ("ab", "F", "aa", 2),
        ("a", "C", "a", 3),
        ("a", "E", "a", 4),
        ("a", "F", "a", 6),
        ("aaa", "F", "aaa", 6),
        ("abcd", "F", "aaad", 4),
        ("abc", "F", "add", 5),
        ("ab", "F", "a?", 4),
        ("abc", "F", "aa?", 2),
    ],
)
def test_credibility_counts_sources_and_not_claims(tell, sources, reliability, stances, grade):
    stance = {"a": "asserts", "d": "denies", "?": "doubts"}
    told = [
        tell(f"{source}{n}", source=source, reliability=reliability, stance=stance[mark], killed=9)
        for n, (source, mark) in enumerate(zip(sources, stances, strict=True))
    ]
    (incident,) = resolve_claims(told, (), (), ()).incidents
    assert incident.credibility == grade
    assert incident.reasons[-1].startswith(f"credibility {grade}: ")


def test_toll_is_a_range_whose_best_is_the_median_of_what_each_source_told_last(tell):
    told = (
        tell("a1", source="a", killed=30, published=8),
        tell("a2", source="a", killed=46, published=10),
        tell("b", killed=50),
        tell("c", killed="100+"),
    )
    (incident,) = resolve_claims(told, (), (), ()).incidents
    assert toll_of(incident.tolls, Harm.KILLED) == Tally(30, 50, None)


def test_toll_of_a_side_stands_beside_the_whole(tell):
    (incident,) = resolve_claims((tell("a", killed=5, side="civilians"),), (), (), ()).incidents
    assert [(toll.side, toll.tally.best) for toll in incident.tolls] == [(Side.UNKNOWN, 5), (Side.CIVILIANS, 5)]


def test_kind_is_the_most_telling_and_not_the_most_frequent_vague_one(tell):
    told = (tell("a", kind="attack"), tell("b", kind="attack"), tell("c", kind="suicide_bomb"))
    (incident,) = resolve_claims(told, (), (), ()).incidents
    assert incident.kind is EventKind.SUICIDE_BOMB


def test_actor_under_two_names_is_listed_once_and_before_the_roles(tell):
    told = (tell("a", by="gunmen", published=7), tell("b", by="ISKP"), tell("c", by="Islamic State"))
    (incident,) = resolve_claims(told, (), (), ()).incidents
    assert [actor.id for actor in incident.perpetrators] == ["is", ""]


def test_responsibility_is_disputed_where_two_claim_it(tell):
    claims = (tell("a", by="ISKP", attribution="claimed"), tell("b", by="Taliban", attribution="claimed"))
    (incident,) = resolve_claims(claims, (), (), ()).incidents
    assert {actor.id for actor in incident.responsibility.claimed_by} == {"is", "taliban"}
    assert incident.responsibility.disputed


def test_responsibility_claimed_by_the_accused_is_not_disputed(tell):
    claims = (tell("a", by="ISKP", attribution="claimed"), tell("b", by="Islamic State", attribution="accused"))
    (incident,) = resolve_claims(claims, (), (), ()).incidents
    assert [actor.id for actor in incident.responsibility.attributed_to] == ["is"]
    assert not incident.responsibility.disputed


def test_incident_keeps_its_id_when_an_earlier_report_joins(tell):
    late, early = tell("a", published=10), tell("b", published=9)
    (born,) = resolve_claims((late,), (), (), ()).incidents
    (grown,) = resolve_claims((early,), (late,), (born,), ()).incidents
    assert grown.id == born.id == incident_id(late.claim.id)
    assert grown.claim_ids == (early.claim.id, late.claim.id)


def test_merged_incident_keeps_the_older_id_and_retires_the_younger(tell):
    older = tell("a", place="province", killed=40, published=8)
    younger = tell("b", killed=100, published=9)
    first, second = (resolve_claims((each,), (), (), ()).incidents[0] for each in (older, younger))
    bridge = tell("c", killed="40+", published=10)
    resolution = resolve_claims((bridge,), (older, younger), (second, first), ())
    assert [incident.id for incident in resolution.incidents] == [first.id]
    assert resolution.retired == ((second.id, first.id),)


def test_known_incident_that_gains_nothing_is_not_returned(tell):
    kept = tell("a")
    known = resolve_claims((kept,), (), (), ()).incidents
    far = tell("b", day=20)
    assert [each.claim_ids for each in resolve_claims((far,), (kept,), known, ()).incidents] == [(far.claim.id,)]


def test_incident_left_with_a_denial_alone_is_dissolved(tell):
    gone, denial = tell("a"), tell("b", stance="denies")
    known = resolve_claims((gone, denial), (), (), ()).incidents
    assert resolve_claims((), (denial,), known, ()).retired == ((known[0].id, ""),)


def test_judged_different_parts_claims_for_good(tell, judge):
    left, right, third = (tell(name, killed=46) for name in "abc")
    parted = events(left, right, third, judgements=(judge(left, right, "different"),))
    assert len(parted) == 2
    assert not any({left.claim.id, right.claim.id} <= claims for claims in parted)


def test_judged_different_gives_the_younger_half_an_id_of_its_own(tell, judge):
    left, right = tell("a", published=8), tell("b", published=9)
    known = resolve_claims((left, right), (), (), ()).incidents
    parted = resolve_claims((), (left, right), known, (judge(left, right, "different"),))
    assert {incident.id for incident in parted.incidents} == {known[0].id, incident_id(right.claim.id)}


def test_judged_same_joins_what_nothing_else_would(tell, judge):
    left, right = tell("a", place="district", published=8), tell("b", day=12, place="country", kind="arrests")
    (incident,) = resolve_claims((left, right), (), (), (judge(left, right, "same"),)).incidents
    assert incident.reasons[1] == "b joins a: judged the same by Ada"
    assert incident.when == When(date(2021, 10, 8), date(2021, 10, 12))


def test_latest_judgement_on_a_pair_holds(tell, judge):
    left, right = tell("a"), tell("b")
    undone = (judge(left, right, "same", day=21), judge(right, left, "different", day=20))
    assert len(events(left, right, judgements=undone)) == 1
    assert len(events(left, right, judgements=(*undone, judge(left, right, "different", day=22)))) == 2


def test_judgement_on_a_claim_that_is_gone_changes_nothing(tell, judge):
    left, right, gone = tell("a"), tell("b"), tell("gone")
    assert events(left, right, judgements=(judge(left, gone, "same"), judge(right, gone, "different"))) == {
        together(left, right)
    }
