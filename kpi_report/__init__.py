"""The KPI report: the published mart as one self-contained page for the heads of sales and marketing."""

from kpi_report.write import report_path, write_report

__all__ = ["report_path", "write_report"]
