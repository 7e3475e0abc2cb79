"""The reference sets beside the repository: every row is a post or rejected for a reason, as their README counts them."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("OUTLISTEN_SHARED", Path(__file__).parents[4] / "shared")) / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data is not beside the repository"),
]

SETS = [
    ("cfpb_complaints/cfpb_demo.csv.gz", "cfpb-demo", 1532, 5091),
    ("cfpb_complaints/complaints_sample.csv.gz", "cfpb", 1532, 5091),
    ("ibm_twitter_care/dev.json", "ibm-care", 1211, 0),
    ("comcast_complaints_2015/Comcast_telecom_complaints_data.csv", "comcast", 2224, 0),
    ("sanders_twitter/full-corpus.csv", "sanders", 5113, 0),
    ("jd_phone_reviews/tmp_test_data.csv.gz", "jd-phones", 4722, 0),
    ("youtube_spam/Youtube03-LMFAO.csv", "youtube-comments", 438, 0),
    ("covid19_weibo/unlabelled/2.1.csv.gz", "covid19-weibo", 13252, 0),
    ("covid19_weibo/unlabelled/1.19.csv", "covid19-weibo", 133, 0),
    ("twcs_spotify_inbound/support_requests.csv.gz", "twcs", 15096, 0),
    ("tweeteval/irony/test_text.txt", None, 784, 0),
    ("eprstmt/test_public.json", None, 610, 0),
    ("smp2020_ewect/virus_test_labeled.txt", None, 3000, 0),
    ("semeval2017_task4a/twitter-2016train-A.txt", None, 6000, 0),
    ("brand_product_emotions/judge-1377884607_tweet_product_company.csv.gz", None, 9092, 1),
    ("online_shopping_10_cats/online_shopping_10_cats.zip", None, 62773, 1),
]


@pytest.mark.parametrize(("name", "preset", "posts", "rejected"), SETS)
def test_every_row_of_a_set_is_accounted_for(read, name, preset, posts, rejected):
    found = read(SHARED / name, rows=10_000)
    assert found.plan.preset == preset
    assert (len(found.posts), len(found.rejected)) == (posts, rejected)
    assert found.problem is None


def test_the_repaired_comcast_dates_have_no_gap_and_one_peak(read):
    found = read(SHARED / "comcast_complaints_2015/Comcast_telecom_complaints_data.csv")
    days = Counter(moment.date() for moment in found.column("created_at"))
    assert (len(days), min(days), max(days)) == (91, date(2015, 4, 1), date(2015, 6, 30))
    assert [days[date(2015, 6, day)] for day in (23, 24, 25)] == [190, 218, 98]


def test_the_weibo_files_are_dated_by_their_names(read):
    found = read(SHARED / "covid19_weibo/unlabelled/2.1.csv.gz")
    assert {moment.date() for moment in found.column("created_at")} == {date(2020, 2, 1)}
    assert found.plan.encoding == "GB18030"
