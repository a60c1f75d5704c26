"""Tests of signatures, bags and receipts."""
