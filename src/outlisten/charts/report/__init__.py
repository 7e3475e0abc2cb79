"""The listening report: one HTML file that stands by itself and prints well."""

from outlisten.charts.report.report import Subject, report_html

__all__ = ["Subject", "report_html"]
