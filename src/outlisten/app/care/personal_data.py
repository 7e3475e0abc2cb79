"""What care keeps of a customer: their name and first words in the queue, and what we wrote to them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from outlisten.app.care.keys import customer_key
from outlisten.app.care.models import Answer, Case, CasePost, Draft, Entry, Promise, Thanks
from outlisten.app.trust.persons import Person


def held(person: Person) -> list[dict[str, object]]:
    """Each case of theirs with our answers, notes and promises in it, and drafts for their posts."""
    cases = _cases(person).prefetch_related("answers", "entries", "promises", "posts")
    kept: list[dict[str, object]] = [
        {
            "case": case.pk,
            "department": case.department.key,
            "customer_name": case.customer_name,
            "opening_words": case.opening_words,
            "state": case.state,
            "opened_at": case.opened_at.isoformat(),
            "posts": [post.post for post in case.posts.all()],
            "answers": [
                {"at": one.at.isoformat(), "name": one.name, "text": one.text} for one in case.answers.all()
            ],
            "notes": [{"at": one.at.isoformat(), "text": one.text} for one in case.entries.all() if one.text],
            "promises": [
                {"due_on": one.due_on.isoformat(), "text": one.text, "kept": one.kept}
                for one in case.promises.all()
            ],
        }
        for case in cases.select_related("department")
    ]
    drafts = Draft.objects.filter(post__in=person.post_ids)
    return kept + [{"draft": draft.pk, "post": draft.post, "text": draft.text} for draft in drafts]


def erase(person: Person) -> int:
    """Blank their name, words and keys; what stays is that a case was, when, and by whom it was answered."""
    cases = list(_cases(person).values_list("pk", flat=True))
    touched = Thanks.objects.filter(post__in=person.post_ids).delete()[0]
    return touched + _forget_posts(person.post_ids) + _blank(cases)


def forget_posts(ids: frozenset[str]) -> int:
    """The posts are kept no longer: drafts and opening words go, and of a case without any post left every word and
    name. Its times stay for the measures, and thanks stay as a count: they hold no words."""
    theirs = Case.objects.filter(posts__post__in=ids)
    touched = theirs.exclude(opening_words="").update(opening_words="")
    cases = list(theirs.distinct().values_list("pk", flat=True))
    touched += _forget_posts(ids)
    return touched + _blank(list(Case.objects.filter(pk__in=cases, posts=None).values_list("pk", flat=True)))


def _forget_posts(ids: frozenset[str]) -> int:
    drafts = Draft.objects.filter(post__in=ids).delete()[0]
    return drafts + CasePost.objects.filter(post__in=ids).delete()[0]


def _blank(cases: list[int]) -> int:
    """Take every word, name and key out of these cases."""
    touched = CasePost.objects.filter(case__in=cases).delete()[0]
    touched += Answer.objects.filter(case__in=cases).exclude(text="").update(text="", post="")
    touched += Entry.objects.filter(case__in=cases).exclude(text="").update(text="")
    touched += Entry.objects.filter(case__in=cases, details__has_key="post").update(details={})
    touched += Promise.objects.filter(case__in=cases).exclude(text="").update(text="")
    for case in cases:
        touched += Case.objects.filter(pk=case).update(
            customer_name="", opening_words="", customer=f"erased-{case}", conversation=f"erased-{case}"
        )
    return touched


def _cases(person: Person) -> QuerySet[Case]:
    account = {
        "platform": person.platform, "id": "", "author_id": person.author_id, "author_handle": person.handle,
        "author": person.name,
    }  # fmt: skip
    theirs = Q(posts__post__in=person.post_ids)
    if person.author_id or person.handle or person.name:
        theirs |= Q(customer=customer_key(account))
    return Case.objects.filter(theirs).distinct()
