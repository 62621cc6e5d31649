"""Which bodies a follow-up is about: those of the last answers, some of them, the ones left over, or the same field elsewhere.

The rules stand in the order in which they are asked. The client sends the context back, so every name in it is looked up before it
is used.
"""

from __future__ import annotations

from collections.abc import Callable

from service.context import Context
from service.directory import Directory
from service.query import Query
from service.spoken.base import Open, Spoken
from service.spoken.groups import (
    bound_changed,
    each_of_them,
    field_again,
    group_again,
    how_many_picked,
    of_kind_there,
    of_those_picked,
    of_who_wrote,
    other_kind,
    picked_among,
    ranked_among,
    the_bodies_again,
    the_whole,
)
from service.spoken.left_out import less_one, one_moved, picked_anew, the_others, without_governments, without_kind
from service.spoken.namesakes import (
    by_name_alone,
    by_stem,
    namesake,
    namesake_spoken,
    of_their_kind,
    offered,
    other_namesake,
    same_field,
    with_the_last,
)
from service.spoken.places import (
    all_ranked,
    among_picked,
    as_named,
    behind_the_first,
    both_ends_told,
    by_order,
    ends_of_told,
    first_so_many,
    former,
    it,
    least_of_them,
    middle,
    most_of_picked,
    next_in_order,
    place_of_one,
    the_most,
    the_same_few,
    who_moved,
    who_of_them,
)
from service.spoken.some import (
    among_spoken,
    at_level,
    by_levels,
    kind_in_place,
    of_kind_mentioned,
    of_kind_told,
    of_level,
    of_unit,
    several_at_level,
    the_one_there,
    these,
    those_in_place,
)
from service.spoken.together import (
    added_to_them,
    against,
    against_the_last,
    more_again,
    share_of_last,
    share_of_one,
    share_of_picked,
    side_by_side,
    sums_apart,
    years_of_more,
)


def same_bodies(query: Query, context: Context, held: Directory) -> Query:
    """The bodies of the last answer, where the question names none; a group goes on in another place that is named."""
    spoken = Spoken.of(context, held)
    for rule in _RULES:
        found = rule(query, spoken)
        if isinstance(found, Query):
            return side_by_side(found, spoken)
        if found is not None:
            query = found.query
    return side_by_side(query, spoken)


_RULES: tuple[Callable[[Query, Spoken], Query | Open | None], ...] = (
    more_again,
    the_one_there,
    added_to_them,
    field_again,
    the_same_few,
    same_field,
    other_namesake,
    namesake,
    with_the_last,
    first_so_many,
    place_of_one,
    among_picked,
    all_ranked,
    both_ends_told,
    ends_of_told,
    sums_apart,
    years_of_more,
    share_of_picked,
    of_their_kind,
    those_in_place,
    next_in_order,
    behind_the_first,
    the_others,
    picked_anew,
    by_stem,
    by_name_alone,
    middle,
    one_moved,
    of_unit,
    several_at_level,
    picked_among,
    of_those_picked,
    ranked_among,
    how_many_picked,
    most_of_picked,
    without_kind,
    less_one,
    as_named,
    of_kind_mentioned,
    of_kind_told,
    by_order,
    of_level,
    the_most,
    share_of_last,
    by_levels,
    former,
    these,
    among_spoken,
    at_level,
    the_whole,
    bound_changed,
    against_the_last,
    against,
    least_of_them,
    it,
    namesake_spoken,
    offered,
    share_of_one,
    without_governments,
    of_who_wrote,
    who_moved,
    who_of_them,
    each_of_them,
    of_kind_there,
    group_again,
    other_kind,
    kind_in_place,
    the_bodies_again,
)
