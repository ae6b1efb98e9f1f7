-- The first campaign rule of the workspace whose fields all match, for every combination that has one.
{{ first_rule(source('settings', 'campaign_rules'), ['campaign', 'account']) }}
