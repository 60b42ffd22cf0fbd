"""Measures the assistant through its public interface: cases are data, judges are small, results are comparable."""
