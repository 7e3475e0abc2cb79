"""Addresses of listening."""

from __future__ import annotations

from django.urls import path

from outlisten.app.listening.views import compare, exports, imports, listen, names, post

urlpatterns = [
    path("listen/", listen.page, name="listen"),
    path("listen/result", listen.result, name="listen_result"),
    path("listen/headline", listen.headline, name="listen_headline"),
    path("listen/terms", listen.terms, name="listen_terms"),
    path("listen/people", listen.people, name="listen_people"),
    path("listen/more", listen.more, name="listen_more"),
    path("listen/check", listen.check, name="listen_check"),
    path("listen/export/<str:form>", exports.export, name="listen_export"),
    path("compare/", compare.page, name="compare"),
    path("compare/result", compare.result, name="compare_result"),
    path("compare/terms", compare.terms, name="compare_terms"),
    path("compare/quotes", compare.quotes, name="compare_quotes"),
    path("posts/<str:identifier>", post.page, name="post"),
    path("import/", imports.page, name="imports"),
    path("import/<int:pk>", imports.run, name="import_run"),
    path("import/<int:pk>/reading", imports.reading, name="import_reading"),
    path("import/<int:pk>/start", imports.start, name="import_start"),
    path("import/<int:pk>/cancel", imports.cancel, name="import_cancel"),
    path("import/<int:pk>/progress", imports.progress, name="import_progress"),
    path("import/<int:pk>/rejected", imports.rejected, name="import_rejected"),
    path("settings/names", names.page, name="names"),
    path("settings/names/check", names.check, name="names_check"),
    path("settings/brands/new", names.edit_brand, name="brand_new"),
    path("settings/brands/<int:pk>", names.edit_brand, name="brand"),
    path("settings/topics/new", names.edit_topic, name="topic_new"),
    path("settings/topics/<int:pk>", names.edit_topic, name="topic"),
    path("settings/<str:kind>s/<int:pk>/remove", names.remove, name="name_remove"),
    path("settings/undo/<str:key>", names.undo, name="name_undo"),
    path("settings/workspace", names.edit_workspace, name="workspace"),
]
