# Ten objects and a table, without the module: what PowerShell itself takes.
1..10 | ForEach-Object { [pscustomobject]@{ Number = $_ } } | Format-Table | Out-String
