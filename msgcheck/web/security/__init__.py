"""Who may do what: hosts, headers, sizes, rates, sessions, forged requests, passwords, and the audit log."""
