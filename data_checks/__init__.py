"""Great Expectations suites: what must hold before a metric is published."""
