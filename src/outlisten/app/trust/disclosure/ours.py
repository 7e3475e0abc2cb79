"""Which company the watch stands for: its names, its brands' queries and its campaigns."""

from __future__ import annotations

from django.db.models import Q

from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.models import Brand, Campaign
from outlisten.app.listening.queries.names import workspace
from outlisten.language.disclosure import Company, company

_OURS = Q(brand=None) | Q(brand__side=Brand.Side.OWN)


def our_company() -> Company:
    """Our names and queries as they stand now; without names nothing can be found to be about us."""
    own = list(Brand.objects.filter(side=Brand.Side.OWN).values_list("name", "query"))
    names = dict.fromkeys(name.strip() for name in (workspace().company, *(name for name, _query in own)))
    campaigns = {campaign.name: campaign.query for campaign in Campaign.objects.filter(_OURS)}
    about = tuple(query for _name, query in own)
    return company(tuple(filter(None, names)), about, campaigns, read_in(zone_of(workspace())))
