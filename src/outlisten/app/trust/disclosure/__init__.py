"""Disclosure watch: posts of declared partners, employees and paid accounts that do not say so."""
