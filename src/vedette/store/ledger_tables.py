"""The ledger's tables: what people do, what went wrong, and which version of the lake is the case."""

from __future__ import annotations

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

COMMITS = Table(
    "commits",
    METADATA,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("stage", String(40), nullable=False),
    Column("added", JSON, nullable=False),
)

HEADS = Table(
    "heads",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
)

SOURCES = Table(
    "sources",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False),
)

VISITS = Table(
    "visits",
    METADATA,
    Column("url", Text, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("body", Text, nullable=False),
)

JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("subject", Text, nullable=False, index=True),
    Column("verdict", String(20), nullable=False),
    Column("field", String(80), nullable=False, default=""),
    Column("value", Text, nullable=False, default=""),
    Column("by", String(200), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reason", Text, nullable=False),
)

USERS = Table(
    "users",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("role", String(40), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

RELEASES = Table(
    "releases",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("audience", String(200), nullable=False),
    Column("marking", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("recalled_at", DateTime(timezone=True)),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(200), nullable=False),
    Column("action", String(80), nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False, default=""),
)

ISSUES = Table(
    "issues",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("batch", Integer, ForeignKey("commits.batch"), nullable=False),
    Column("stage", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

Index("ix_issues_at", ISSUES.c.at)
