"""Addresses of alerts, digests and channels."""

from __future__ import annotations

from django.urls import path

from outlisten.app.alerts.views import channels, digests, feed, fired, rules

urlpatterns = [
    path("feeds/<int:pk>/<str:token>.atom", feed.feed, name="channel_feed"),
    path("alerts", fired.page, name="alerts"),
    path("alerts/going-on", fired.going_on, name="alerts_going_on"),
    path("alerts/<int:pk>", fired.alert, name="alert"),
    path("alerts/<int:pk>/picture", fired.picture, name="alert_picture"),
    path("alerts/<int:pk>/verdict", fired.verdict, name="alert_verdict"),
    path("settings/alerts", rules.page, name="alert_settings"),
    path("settings/alerts/rules/new", rules.edit, name="alert_rule_new"),
    path("settings/alerts/rules/<int:pk>", rules.edit, name="alert_rule"),
    path("settings/alerts/rules/<int:pk>/picture", rules.picture, name="alert_rule_picture"),
    path("settings/alerts/rules/<int:pk>/trial", rules.tried, name="alert_rule_trial"),
    path("settings/alerts/rules/<int:pk>/<str:act>", rules.act, name="alert_rule_act"),
    path("settings/alerts/digests/new", digests.edit, name="digest_new"),
    path("settings/alerts/digests/<int:pk>", digests.edit, name="digest"),
    path("settings/alerts/digests/<int:digest>/issues/<int:pk>", digests.issue, name="digest_issue"),
    path("settings/alerts/digests/<int:pk>/<str:act>", digests.act, name="digest_act"),
    path("settings/alerts/channels/new/<str:sink>", channels.add, name="channel_new"),
    path("settings/alerts/channels/new/<str:sink>/check", channels.check, name="channel_check"),
    path("settings/alerts/channels/<int:pk>", channels.channel, name="channel"),
    path("settings/alerts/channels/<int:pk>/log", channels.log, name="channel_log"),
    path("settings/alerts/channels/<int:pk>/change", channels.change, name="channel_change"),
    path("settings/alerts/channels/<int:pk>/check", channels.check_change, name="channel_check_change"),
    path("settings/alerts/channels/<int:pk>/test", channels.test, name="channel_test"),
    path("settings/alerts/channels/<int:pk>/remove", channels.remove, name="channel_remove"),
    path("settings/alerts/channels/<int:pk>/log/<int:delivery>/again", channels.again, name="delivery_again"),
]
