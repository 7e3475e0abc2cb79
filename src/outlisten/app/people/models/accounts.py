"""Accounts: one person each, with a role, departments, and how they like to read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models.departments import Department


class Accounts(BaseUserManager["Account"]):
    """Makes accounts; an address is one account however it is written."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """A new account; without a password it can only come in by a one-time link."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of an e-mail address."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """One person who works here: how they sign in, what they may do, and how they like to read."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ADMIN = "admin", _("Administrator")
        LEAD = "lead", _("Lead")
        RESPONDER = "responder", _("Responder")
        ANALYST = "analyst", _("Analyst")
        VIEWER = "viewer", _("Viewer")
        AGENCY = "agency", _("Agency")

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        CHINESE = "zh-hans", "简体中文"

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Background(models.TextChoices):
        CUSTOMER_SERVICE = "customer_service", _("Customer service")
        SALES = "sales", _("Sales")
        MARKETING = "marketing", _("Marketing")
        ENGINEERING = "engineering", _("Engineering")
        OPERATIONS = "operations", _("Operations")
        OTHER = "other", _("Another trade")

    email = models.EmailField(_("E-mail"), max_length=254)
    name = models.CharField(_("Name"), max_length=80)
    role = models.CharField(_("Role"), max_length=12, choices=Role, default=Role.VIEWER)
    language = models.CharField(_("Language"), max_length=8, choices=Language, default=Language.ENGLISH)
    theme = models.CharField(_("Theme"), max_length=8, choices=Theme, default=Theme.SYSTEM)
    zone = models.CharField(_("Time zone"), max_length=64, blank=True)  # blank: the workspace's
    departments = models.ManyToManyField(
        Department, blank=True, related_name="people", verbose_name=_("Departments")
    )
    # The trade somebody learnt or came from; blank: not told. Statement 8 measures the mix, never a person.
    background = models.CharField(_("Background"), max_length=16, choices=Background, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="account_email_once"),
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(role="owner"), name="account_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def department_ids(self) -> frozenset[int]:
        """The departments this person belongs to; empty for an account that is not kept yet."""
        return frozenset(place.pk for place in self.departments.all()) if self.pk else frozenset()

    @property
    def is_staff(self) -> bool:
        """Whether this person looks after the installation."""
        return self.role in (self.Role.OWNER, self.Role.ADMIN)

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.name

    def get_short_name(self) -> str:
        """The name as the person writes it; half of our names have no first part to pick."""
        return self.name
