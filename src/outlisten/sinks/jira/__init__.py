"""Issues in a project of Jira, in the cloud or on a server of one's own."""
