"""Departments: add, rename, remove when nobody and nothing is in them."""

from __future__ import annotations

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError, RestrictedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from outlisten.app.people.actions.undoing import CannotUndo, signed, unsigned
from outlisten.app.people.models import Department
from outlisten.app.people.queries import is_empty
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record


@transaction.atomic
def add_department(name: str, *, by: Actor, key: str = "") -> Department:
    """A department of one's own; the key, by which commands name it, is made from the name where it can be.

    Raises Refused; ValidationError for a name that is blank or taken, and for a key that is none.
    """
    require(by, Act.MANAGE_ACCOUNTS)
    wanted = " ".join(name.split())
    if not wanted:
        raise ValidationError({"name": _("A department of your own needs a name.")})
    _refuse_taken(wanted)
    last = Department.objects.aggregate(last=Max("position"))["last"] or 0
    made = Department(name=wanted, key=key or _key_for(wanted), position=last + 1)
    made.full_clean()
    made.save()
    record("department.add", by=by, about=_about(made))
    return made


@transaction.atomic
def rename_department(department: Department, name: str, *, by: Actor) -> str:
    """Call a department something else; a blank name gives one of the usual its usual name back.

    The answer takes it back. Raises Refused; ValidationError for a name that is taken, or blank where there is
    no usual one.
    """
    require(by, Act.MANAGE_ACCOUNTS, about=_about(department))
    wanted = " ".join(name.split())
    if not wanted and department.key not in Department.Usual.values:
        raise ValidationError({"name": _("A department of your own needs a name.")})
    if wanted:
        _refuse_taken(wanted, but=department)
    before = _as_it_is(department)
    department.name = "" if wanted == department.usual_name else wanted
    department.full_clean()
    department.save()
    record("department.rename", by=by, about=_about(department))
    return signed("department", {"pk": department.pk, "before": before, "after": _as_it_is(department)})


@transaction.atomic
def remove_department(department: Department, *, by: Actor) -> str:
    """Remove a department in which nobody and nothing is. The answer takes it back. Raises Refused, ValidationError."""
    require(by, Act.MANAGE_ACCOUNTS, about=_about(department))
    said = _("{name} is not empty. Give its people and its cases another department first.")
    full = ValidationError(said.format(name=department.label))
    if not is_empty(department):
        raise full
    change = {
        "pk": department.pk,
        "before": _as_it_is(department),
        "after": None,
        "parts": _parts(department),
    }
    try:
        department.delete()
    except (ProtectedError, RestrictedError):  # something came in at this moment
        raise full from None
    record("department.remove", by=by, about=f"department:{change['pk']}")
    return signed("department", change)


@transaction.atomic
def undo_department(token: str, *, by: Actor) -> Department:
    """A renamed or removed department as it was, while nothing newer was done to it. Raises Refused, CannotUndo."""
    change = unsigned("department", token)
    require(by, Act.MANAGE_ACCOUNTS, about=f"department:{change['pk']}")
    kept = Department.objects.select_for_update().filter(pk=change["pk"]).first()
    if (_as_it_is(kept) if kept else None) != change["after"]:
        raise CannotUndo(_("This can no longer be undone: the department was changed since."))
    department = kept or Department(pk=change["pk"])
    for name, value in change["before"].items():
        setattr(department, name, value)
    try:
        department.full_clean(exclude=["id"])
        _refuse_taken(department.label, but=department)
    except ValidationError:
        raise CannotUndo(
            _("This can no longer be undone: there is another department of that name.")
        ) from None
    department.save()
    for part in serializers.deserialize("json", change.get("parts", "[]")):
        part.save()
    record("department.undo", by=by, about=_about(department))
    return department


def _as_it_is(department: Department) -> dict[str, object]:
    return {"key": department.key, "name": department.name, "position": department.position}


def _parts(department: Department) -> str:
    """What other rooms keep one of for each department, such as its service level; it goes and comes back with it."""
    single = [field for field in department._meta.related_objects if field.one_to_one]
    found = (field.related_model._base_manager.filter(**{field.field.name: department}) for field in single)
    return str(serializers.serialize("json", [part for parts in found for part in parts]))


def _refuse_taken(name: str, *, but: Department | None = None) -> None:
    """Names are compared as both languages show them, whatever their capitals."""
    others = [other for other in Department.objects.all() if but is None or other.pk != but.pk]
    if name.casefold() in {label.casefold() for other in others for label in other.every_label}:
        raise ValidationError({"name": _("There is a department “{name}” already.").format(name=name)})


def _key_for(name: str) -> str:
    """A key of letters and digits; a name without any, such as a Chinese one, is numbered."""
    stem = slugify(name)[:36].strip("-") or "department"
    taken = set(Department.objects.values_list("key", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken and stem != "department" else next(k for k in numbered if k not in taken)


def _about(department: Department) -> str:
    return f"department:{department.pk}"
