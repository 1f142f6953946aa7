"""What holds for any claims: order, batches and unrelated claims change nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.model.blocking import blocking_keys, groups_of
from vedette.model.kinds import EventKind, Stance
from vedette.model.values import When
from vedette.resolve import clusters, resolve_claims
from vedette.resolve.clusters import may_be_one
from vedette.resolve.kin import are_kin
from vedette.resolve.match import strength
from vedette.resolve.profile import Profile

WHENS = [8, 8, 9, When(date(2021, 10, 4), date(2021, 10, 9)), When(None, date(2021, 10, 9)), When()]
KINDS = ["suicide_bomb", "attack", "armed_clash", "unknown", "arrests", "peaceful_protest"]


@st.composite
def batches(draw):
    """Claims of up to six articles about a few days in one province, so that many of them could be one event."""
    count = draw(st.integers(1, 9))
    rows = []
    for number in range(count):
        row = {
            "article": f"{draw(st.sampled_from('abcdef'))}#{number}",
            "day": draw(st.sampled_from(WHENS)),
            "kind": draw(st.sampled_from(KINDS)),
            "place": draw(st.sampled_from(["city", "city", "province", "district", "other district", "country", ""])),
            "stance": draw(st.sampled_from(["asserts"] * 4 + ["denies", "doubts", "threatens"])),
            "published": draw(st.sampled_from([8, 9, None])),
            "said_by": draw(st.sampled_from([None, "police", "a doctor"])),
        }
        for key, values in (
            ("by", ["ISKP", "Taliban", "gunmen"]),
            ("at", ["a mosque", "police"]),
            ("killed", [3, 4, 12, "12+", 40]),
        ):
            if draw(st.booleans()):
                row[key] = draw(st.sampled_from(values))
        rows.append(row)
    return rows


def told_of(tell, rows):
    """The claims of the rows, without repeats."""
    return list({each.claim.id: each for each in (tell(**row) for row in rows)}.values())


def partition(incidents):
    return {frozenset(incident.claim_ids) for incident in incidents}


@given(rows=batches(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_order_of_claims_changes_nothing(tell, rows, data):
    told = told_of(tell, rows)
    shuffled = data.draw(st.permutations(told))
    cut = data.draw(st.integers(0, len(told)))
    assert resolve_claims(told, (), (), ()) == resolve_claims(shuffled[:cut], shuffled[cut:], (), ())


@given(rows=batches(), data=st.data())
@settings(max_examples=100, deadline=None)
def test_order_of_claims_changes_nothing_under_judgements(tell, judge, rows, data):
    told = told_of(tell, rows)
    pairs = st.tuples(st.sampled_from(told), st.sampled_from(told), st.sampled_from(["same", "different"]))
    judgements = [
        judge(*pair, day=20 + number)
        for number, pair in enumerate(data.draw(st.lists(pairs, max_size=3)))
        if pair[0] is not pair[1]
    ]
    resolution = resolve_claims(told, (), (), judgements)
    assert resolution == resolve_claims(data.draw(st.permutations(told)), (), (), judgements[::-1])
    last = judgements[-1] if judgements else None
    if last and last.verdict == "different":
        assert not any(set(last.subject.split("|")) <= claims for claims in partition(resolution.incidents))


@given(rows=batches())
@settings(max_examples=150, deadline=None)
def test_two_events_of_one_article_never_share_an_incident(tell, rows):
    told = {each.claim.id: each for each in told_of(tell, rows)}
    for incident in resolve_claims(tuple(told.values()), (), (), ()).incidents:
        for left, right in combinations(incident.claim_ids, 2):
            one, other = told[left].claim, told[right].claim
            assert one.article_id != other.article_id or may_be_one(one, other)


@given(rows=batches())
@settings(max_examples=150, deadline=None)
def test_every_claim_that_can_found_is_in_one_incident(tell, rows):
    told = told_of(tell, rows)
    listed = [ident for incident in resolve_claims(told, (), (), ()).incidents for ident in incident.claim_ids]
    assert len(listed) == len(set(listed))
    can_found = {each.claim.id for each in told if each.stance in (Stance.ASSERTS, Stance.DOUBTS)}
    assert can_found <= set(listed)


@given(rows=batches())
@settings(max_examples=100, deadline=None)
def test_unrelated_claims_change_no_incident(tell, rows):
    told = told_of(tell, rows)
    far = [tell(f"far{number}", day=When(date(2022, 3, 1), date(2022, 3, 2 + number))) for number in range(3)]
    alone = set(resolve_claims(told, (), (), ()).incidents)
    assert alone <= set(resolve_claims([*far, *told], (), (), ()).incidents)


class Record:
    """What the store does around resolving: blocking keys near, incidents kept, the merged away forgotten."""

    def __init__(self):
        self.told, self.incidents = {}, {}

    def add(self, batch):
        near = self._near(batch)
        concerned = [each for each in self.incidents.values() if near & set(each.claim_ids)]
        near |= {ident for incident in concerned for ident in incident.claim_ids}
        neighbours = [self.told[ident] for ident in near]
        resolution = resolve_claims(batch, neighbours, concerned, ())
        self.told |= {each.claim.id: each for each in batch}
        for old, _ in resolution.retired:
            del self.incidents[old]
        self.incidents |= {incident.id: incident for incident in resolution.incidents}

    def _near(self, batch):
        keys = {key for each in batch for key in blocking_keys(each.claim)}
        return {ident for ident, each in self.told.items() if keys & set(blocking_keys(each.claim))}


@given(rows=batches(), data=st.data())
@settings(max_examples=300, deadline=None)
def test_batches_make_what_one_batch_makes(tell, rows, data):
    told = data.draw(st.permutations(told_of(tell, rows)))
    record = Record()
    start = 0
    while start < len(told):
        size = data.draw(st.integers(1, 3))
        record.add(told[start : start + size])
        start += size
    whole = resolve_claims(told, (), (), ()).incidents
    assert partition(record.incidents.values()) == partition(whole)
    assert {each.reasons for each in record.incidents.values()} == {each.reasons for each in whole}


@given(rows=batches())
@settings(max_examples=200, deadline=None)
def test_claims_that_may_be_one_event_share_a_blocking_key(tell, rows):
    told = [each for each in told_of(tell, rows) if each.stance is not Stance.THREATENS]
    for left, right in combinations(told, 2):
        days = [each.claim.when.value for each in (left, right)]
        if When() not in days and strength(Profile.of(left.claim), Profile.of(right.claim)) is not None:
            assert set(blocking_keys(left.claim)) & set(blocking_keys(right.claim))


EVENTS = [kind for kind in EventKind if kind is not EventKind.NO_COUNTERPART]


@pytest.mark.parametrize("left", EVENTS)
def test_kinds_that_are_kin_share_a_blocking_group(left):
    for right in EVENTS:
        if are_kin(frozenset({left}), frozenset({right})):
            assert set(groups_of(left)) & set(groups_of(right)), f"{left} and {right}"


def test_crowded_block_does_not_grow_with_the_square(tell):
    kinds = ("attack", "suicide_bomb", "armed_clash")
    told = [tell(f"a{n}", kind=kinds[n % 3], killed=1 + n % 40, published=8) for n in range(3000)]
    comparisons = 0

    def counting(left, right):
        nonlocal comparisons
        comparisons += 1
        return strength(left, right)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clusters, "strength", counting)
        resolve_claims(told, (), (), ())
    assert comparisons <= len(told) * clusters.WINDOW


def test_days_far_apart_share_no_key(tell):
    near, far = tell("a", day=8), tell("b", day=When(date(2021, 10, 8) + timedelta(40), date(2021, 11, 20)))
    assert not set(blocking_keys(near.claim)) & set(blocking_keys(far.claim))
