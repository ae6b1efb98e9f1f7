-- The first channel rule of the workspace whose fields all match, for every combination that has one.
{{ first_rule(source('settings', 'channel_rules'), ['channel']) }}
