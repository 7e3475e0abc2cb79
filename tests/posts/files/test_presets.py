"""Presets: recognised by shape, and what becomes of a made-up record of each."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from outlisten.posts.files.presets import PRESETS


def test_presets_have_names_of_their_own():
    assert len({preset.name for preset in PRESETS}) == len(PRESETS)


def table(*rows: str) -> str:
    return "\n".join(rows) + "\n"


CFPB = table(
    "id,date,brand,company,product,sub_product,issue,sub_issue,text,company_public_response,company_response,"
    "timely,disputed,channel,state",
    "cfpb-1,2019-04-01,Acme,ACME CORP,Debt,,Wrong report,,They never answered.,,Closed,Yes,N/A,Web,FL",
    "cfpb-2,2019-04-02,Acme,ACME CORP,Debt,,Wrong report,,,,Closed,Yes,N/A,Web,FL",
)


def test_cfpb_keeps_only_complaints_with_words(file, read):
    found = read(file(CFPB))
    post = found.posts[0]
    assert found.plan.preset == "cfpb-demo"
    assert (post["platform"], post["to"], post["title"], post["native_id"]) == (
        "cfpb",
        "Acme",
        "Wrong report",
        "cfpb-1",
    )
    assert (post["date_only"], post["created_at"]) == (True, datetime(2019, 4, 1, tzinfo=UTC))
    assert "ACME CORP" in post["raw"]
    assert [(row.line, row.reason) for row in found.rejected] == [(3, "no text")]


CARE = [
    {
        "agentURL": {
            "tweet_ID": "1245425308704149506",
            "url_utterance": "@ann See https://help.example &amp; write us",
        },
        "dialogContent": [
            {
                "client": "ann",
                "datetime": "2020-04-01T17:31:32.000Z",
                "message": "@AcmeCare help",
                "tweet_ID": "11",
            },
            {
                "agent": "AcmeCare",
                "datetime": "2020-04-01T17:35:00.000Z",
                "message": "@ann hi",
                "tweet_ID": "12",
            },
            {"client1": "bo", "datetime": "2020-04-01T17:36:00.000Z", "message": "me too", "tweet_ID": "13"},
        ],
        "dialogHeader": {"company": "AcmeCare", "duration": "01:26:55.0"},
    }
]


def test_care_conversations_become_threads_with_the_companys_answers_as_its_own_voice(file, read):
    found = read(file(json.dumps(CARE), "dev.json"))
    assert found.column("author_handle") == ["ann", "AcmeCare", "bo", "AcmeCare"]
    assert found.column("voice_given") == [None, "owned", None, "owned"]
    assert found.column("to") == ["AcmeCare", "ann", "AcmeCare", "ann"]
    assert found.column("thread") == ["11"] * 4
    assert found.column("reply_to") == [None, "11", "12", "13"]
    assert found.posts[3]["created_at"] == datetime(2020, 4, 1, 18, 58, 27, tzinfo=UTC)
    assert found.texts[3] == "@ann See https://help.example & write us"


def test_the_day_of_the_weibo_files_is_their_name(file, read):
    found = read(file("userid,text\r\n77,口罩买不到\r\n78,武汉加油\r\n", "2.13.csv", "gb18030"))
    assert found.plan.preset == "covid19-weibo"
    assert found.column("created_at") == [datetime(2020, 2, 13, tzinfo=UTC)] * 2
    assert found.column("date_only") == [True, True]
    assert (found.posts[0]["platform"], found.posts[0]["author_id"]) == ("weibo", "77")


def test_swapped_days_and_months_of_the_comcast_file_are_put_right(file, read):
    header = "Ticket #,Customer Complaint,Date,Date_month_year,Time,Received Via,City,State"
    found = read(
        file(
            table(
                header,
                "1,Slow again,06-12-2015,06-Dec-15,09:59:40 PM,Internet,Acworth,Georgia",
                "2,No service,22-04-2015,22-Apr-15,03:53:50 PM,Internet,Acworth,Georgia",
            )
        )
    )
    assert found.column("created_at") == [
        datetime(2015, 6, 12, 21, 59, 40, tzinfo=UTC),
        datetime(2015, 4, 22, 15, 53, 50, tzinfo=UTC),
    ]
    assert found.column("to") == ["Comcast"] * 2


def test_jd_reviews_name_the_brand_and_leave_out_rounded_user_ids(file, read):
    found = read(
        file(
            table(
                "用户ID,评论内容,会员级别,点赞数,回复数,得分,价格,购买时间,手机型号,销量",
                "1.00008E+11,屏幕很好,PLUS会员,3,1,5,999,2020/3/4 16:30,荣耀 某型号,10万+",
                "1.00008E+11,电池一般,,0,0,4,999,2020/3/14 6:30,某型号,10万+",
            ),
            encoding="utf-8-sig",
        )
    )
    assert found.plan.preset == "jd-phones"
    assert found.column("to") == ["荣耀", None]
    assert found.column("author_id") == [None, None]
    assert (found.posts[0]["rating"], found.posts[0]["likes"], found.posts[0]["type"]) == (5.0, 3, "review")


def test_twcs_tells_customers_from_companies(file, read):
    found = read(
        file(
            table(
                "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id",
                "2,AcmeCare,False,Tue Oct 31 22:11:45 +0000 2017,@115 Please DM us &amp; wait,,1.0",
                "1,115,True,Tue Oct 31 22:10:47 +0000 2017,@AcmeCare it broke,2,",
            )
        )
    )
    assert found.column("voice_given") == ["owned", None]
    assert found.column("to") == ["115", "AcmeCare"]
    assert found.column("reply_to") == ["1", None]
    assert found.texts[0] == "@115 Please DM us & wait"


def test_sanders_and_youtube_files_are_recognised(file, read):
    sanders = read(
        file(
            '"Topic","Sentiment","TweetId","TweetDate","TweetText"\n'
            '"acme","neutral","126","Tue Oct 18 21:53:25 +0000 2011","@acme hello"\n',
            "s.csv",
        )
    )
    youtube = read(
        file("COMMENT_ID,AUTHOR,DATE,CONTENT,CLASS\nz1,Ann,2013-11-07T06:20:48,nice song\ufeff,0\n", "y.csv")
    )
    assert (sanders.plan.preset, sanders.posts[0]["to"]) == ("sanders", "acme")
    assert (youtube.plan.preset, youtube.posts[0]["type"]) == ("youtube-comments", "comment")
    assert youtube.texts == ["nice song\ufeff"]


TWEETS = [
    {
        "tweet": {
            "id_str": "21",
            "full_text": "Thanks &lt;3",
            "created_at": "Wed Oct 10 20:19:24 +0000 2018",
            "favorite_count": "4",
            "retweet_count": "1",
            "lang": "en",
            "entities": {"urls": []},
        }
    },
    {
        "tweet": {
            "id_str": "22",
            "full_text": "RT @bo: 好",
            "created_at": "Wed Oct 10 20:20:24 +0000 2018",
            "favorite_count": "0",
            "retweet_count": "9",
            "lang": "zh",
            "in_reply_to_status_id_str": "5",
        }
    },
]
ACCOUNT = [{"account": {"username": "ann", "accountId": "7", "accountDisplayName": "Ann"}}]


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("data/account.js", "window.YTD.account.part0 = " + json.dumps(ACCOUNT))
        made.writestr("data/tweets.js", "window.YTD.tweets.part0 = " + json.dumps(TWEETS[:1], indent=2))
        made.writestr("data/tweets-part1.js", "window.YTD.tweets.part1 = " + json.dumps(TWEETS[1:], indent=2))
        made.writestr("data/direct-messages.js", "window.YTD.direct_messages.part0 = [ {} ]")
        made.writestr("Your archive.html", "<html></html>")
    return target.getvalue()


def test_the_zip_of_an_x_archive_gives_posts_with_their_account(file, read):
    found = read(file(archive(), "twitter.zip"))
    assert found.plan.preset == "x-archive"
    assert sorted(found.texts) == ["RT @bo: 好", "Thanks <3"]
    assert set(found.column("author_handle")) == {"ann"}
    by_id = {post["native_id"]: post for post in found.posts}
    assert by_id["22"]["is"] == ["repost", "reply"]
    assert by_id["21"]["likes"] == 4
    assert by_id["21"]["url"] == "https://x.com/ann/status/21"


def test_tweets_js_alone_is_an_x_archive_too(file, read):
    found = read(file("window.YTD.tweets.part0 = " + json.dumps(TWEETS), "tweets.js"))
    assert found.plan.preset == "x-archive"
    assert found.texts == ["Thanks <3", "RT @bo: 好"]
    assert found.column("author_handle") == [None, None]


PAGE = {
    "data": [
        {
            "id": "31",
            "text": "RT @bo: cut sho…",
            "author_id": "1",
            "created_at": "2024-05-01T10:00:00.000Z",
            "conversation_id": "31",
            "edit_history_tweet_ids": ["31"],
            "lang": "en",
            "referenced_tweets": [{"type": "retweeted", "id": "30"}],
            "public_metrics": {"retweet_count": 2, "reply_count": 0, "like_count": 5, "impression_count": 90},
        },
        {
            "id": "32",
            "text": "回复",
            "author_id": "2",
            "created_at": "2024-05-01T11:00:00.000Z",
            "conversation_id": "31",
            "edit_history_tweet_ids": ["32"],
            "in_reply_to_user_id": "1",
            "lang": "zh",
            "referenced_tweets": [{"type": "replied_to", "id": "31"}],
        },
    ],
    "includes": {
        "users": [
            {"id": "1", "name": "Ann", "username": "ann", "public_metrics": {"followers_count": 12}},
            {"id": "2", "name": "博", "username": "bo", "verified": True},
        ],
        "tweets": [{"id": "30", "text": "cut short no longer &amp; whole", "author_id": "2"}],
    },
}


@pytest.mark.parametrize("form", ["document", "pages", "pretty"])
def test_pages_of_the_x_api_find_their_includes(file, read, form):
    content = json.dumps(PAGE, indent=2 if form == "pretty" else None) + ("\n" if form == "pages" else "")
    found = read(file(content * (2 if form == "pages" else 1), "page.json"))
    first, second = found.posts[:2]
    assert found.plan.preset == "x-api"
    assert first["text"] == "RT @bo: cut short no longer & whole"
    assert (first["author_handle"], first["followers"], first["likes"], first["views"]) == ("ann", 12, 5, 90)
    assert (second["to"], second["reply_to"], second["thread"], second["is"]) == (
        "ann",
        "31",
        "31",
        ["reply", "verified"],
    )
    assert second["likes"] is None
    assert json.loads(first["raw"])["id"] == "31"


BRANDWATCH = table(
    "Report:,Bulk Mentions Download",
    "Brand:,Acme",
    "From:,Mon Jan 01 00:00:00 UTC 2018",
    "To:,Tue Jan 02 00:00:00 UTC 2018",
    "Label:,Acme",
    "",
    "Query Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Country,Author,Full Text,"
    "Twitter Likes,Resource Id",
    "1,Acme,2018-01-01 10:00:00.0,,short…,http://twitter.com/ann/statuses/99,twitter.com,neutral,twitter,en,,ann,"
    '"Whole text",3,r1',
    "1,Acme,2018-01-01 11:00:00.0,新闻标题,摘要,https://news.example/1,news.example,neutral,news,zh,China,记者,全文,,r2",
)


def test_brandwatch_lines_above_the_header_are_skipped(file, read):
    found = read(file(BRANDWATCH))
    post, article = found.posts
    assert found.plan.preset == "brandwatch"
    assert (post["platform"], post["native_id"], post["author_handle"], post["likes"]) == (
        "x",
        "99",
        "ann",
        3,
    )
    assert (article["type"], article["title"], article["likes"]) == ("article", "新闻标题", None)
    assert found.texts == ["Whole text", "全文"]


MELTWATER = "\n".join(
    "\t".join(row)
    for row in (
        (
            "Date",
            "Headline",
            "URL",
            "Opening Text",
            "Hit Sentence",
            "Source",
            "Influencer",
            "Country",
            "Language",
            "Reach",
            "Tweet Id",
            "Twitter Followers",
            "Likes",
        ),
        (
            "22-Nov-2021 11:05AM",
            "",
            "https://twitter.com/ann/status/77",
            "",
            "好用的产品 here",
            "Twitter",
            "@ann",
            "China",
            "Chinese",
            "100",
            '"77"',
            "55",
            "4",
        ),
        (
            "23-Nov-2021 01:05PM",
            "A headline",
            "https://news.example/2",
            "It opens.",
            "It hits.",
            "Example News",
            "A. Writer",
            "Unknown",
            "English",
            "9",
            "",
            "",
            "",
        ),
    )
)


def test_meltwater_files_are_tab_separated_utf16(file, read):
    found = read(file(MELTWATER, "export.csv", "utf-16"))
    post, article = found.posts
    assert (found.plan.preset, found.plan.format, found.plan.encoding) == (
        "meltwater",
        "tsv",
        "UTF-16-LE (BOM)",
    )
    assert (post["platform"], post["native_id"], post["author_handle"], post["likes"]) == (
        "x",
        "77",
        "ann",
        4,
    )
    assert post["created_at"] == datetime(2021, 11, 22, 11, 5, tzinfo=UTC)
    assert (article["title"], article["text"], article["type"]) == (
        "A headline",
        "It opens.\nIt hits.",
        "article",
    )


def test_talkwalker_files_keep_their_dotted_columns(file, read):
    found = read(
        file(
            table(
                "published,url,title,content,lang,source_type,extra_author_attributes.name,"
                "extra_source_attributes.world_data.country_code,article_extended_attributes.twitter_likes",
                '1525266240000,https://twitter.com/ann/status/5,,价格太高,zh,"SOCIALMEDIA,SOCIALMEDIA_TWITTER",Ann,cn,6',
                "1525266240000,https://blog.example/5,Title,Words,en,BLOG,Bo,us,",
            )
        )
    )
    post, blog = found.posts
    assert found.plan.preset == "talkwalker"
    assert (post["platform"], post["likes"], post["country"], post["author"]) == ("x", 6, "CN", "Ann")
    assert (blog["platform"], blog["type"], blog["title"]) == ("web", "article", "Title")
