"""What funnelmart.yml could say of what the published mart could not place, each with its evidence."""
