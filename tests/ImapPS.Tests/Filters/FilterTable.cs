namespace ImapPS.Tests.Filters;

/// <summary>Filters with a slip, and filters that only look as if they had one.</summary>
public static class FilterTable
{
    /// <summary>Each with what its error names.</summary>
    public static TheoryData<string, string> Slips { get; } = new()
    {
        // A method that is not called.
        { "$_.ToString", "$_.ToString(" },
        { "$_.Subject.Contains", "$_.Subject.Contains(" },
        { "-not $_.Subject.StartsWith", "StartsWith(" },
        { "$_.From.ToString -like '*x*'", "ToString(" },
        { "$_.Received.AddDays", "AddDays(" },
        { "[datetime]::Parse -eq 1", "Parse(" },

        // An index on what is no list.
        { "-not $_['IsFlagged']", "$_.IsFlagged" },
        { "$_['IsFlaged']", "with a dot" },
        { "$_[$name] -like 'o*'", "with a dot" },
        { "$_.From['Address'] -like '*x*'", "Address" },
        { "-not @($_)['Subject']", "Subject" },

        // Through methods, parentheses, @() and $().
        { "-not $_.Subject.Trim().Lenght", "Length" },
        { "-not @($_.From).Adress", "Address" },
        { "@($_.From).Adress -notlike '*x*'", "Address" },
        { "-not $($_.From).Adress", "Address" },
        { "-not ((($_.From))).Adress", "Address" },
        { "-not @($_.From)[0].Adress", "Address" },
        { "$_.Subject.Split(' ')[0].Lenght -gt 3", "Length" },
        { "$_.Received.ToLocalTime().Yaer -eq 2026", "Year" },
        { "-not $_.Received.Date.Moth", "Month" },
        { "-not $_.Subject.StartWith('x')", "StartsWith" },
        { "-not ($_.From -like '*x').Adress", "Address" },
        { "-not $_.Attachments.Name.Lenghts", "Length" },
        { "-not $_.Headers.Nmae", "Name" },
        { "-not $_.Received.HasValue", "HasValue" },
        { "-not ('x' + $_.Subject).Lenght", "Length" },
        { "-not ${_}?.IsFlaged", "IsFlagged" },

        // The message by another name.
        { "-not ([object]$_).IsFlaged", "IsFlagged" },
        { "-not ([psobject]$_).IsFlaged", "IsFlagged" },
        { "-not $($_).IsFlaged", "IsFlagged" },
        { "-not @($_).IsFlaged", "IsFlagged" },
        { "-not (, $_).IsFlaged", "IsFlagged" },
        { "-not $local:_.IsFlaged", "IsFlagged" },
        { "-not $variable:_.IsFlaged", "IsFlagged" },
        { "$m = $_; -not $m.IsFlaged", "IsFlagged" },
        { "$f = $_.From; -not $f.Adress", "Address" },
        { "[string]$s = $_.Subject; -not $s.Lenght", "Length" },
        { "($m = $_) -and -not $m.IsFlaged", "IsFlagged" },
        { "if ($m = $_) { -not $m.IsFlaged }", "IsFlagged" },
        { "-not ($m = $_).IsFlaged", "IsFlagged" },
        { "foreach ($x in $_) { -not $x.IsFlaged }", "IsFlagged" },
        { "foreach ($x in $_.From) { -not $x.Adress }", "Address" },
        { "switch ($_) { default { -not $_.IsFlaged } }", "IsFlagged" },
        { "-not $_.PSBase.IsFlaged", "IsFlagged" },

        // In pipelines and blocks.
        { "$_ | Where-Object { -not $_.IsFlaged }", "IsFlagged" },
        { "$_ | ? { -not $_.IsFlaged }", "IsFlagged" },
        { "$_ | % { -not $_.IsFlaged }", "IsFlagged" },
        { "$_ | % { $_ } | ? { -not $_.IsFlaged }", "IsFlagged" },
        { "ForEach-Object -InputObject $_ -Process { -not $_.IsFlaged }", "IsFlagged" },
        { "& { -not $_.IsFlaged }", "IsFlagged" },
        { "Where-Object -InputObject $_ { -not $_.IsFlaged }", "IsFlagged" },
        { "$_.Subject.Split('_').Count -and -not $_.IsFlaged", "IsFlagged" },
        { "$script:m = $_; -not $script:m.IsFlaged", "IsFlagged" },
        { ". { -not $_.IsFlaged }", "IsFlagged" },
        { "-not (& { $_ }).IsFlaged", "IsFlagged" },
        { "$_ | & { process { -not $_.IsFlaged } }", "IsFlagged" },
        { "-not ($_.Attachments | ? Nmae)", "Name" },
        { "-not ($_.Attachments | Where-Object -Property Nmae -EQ 'x')", "Name" },
        { "-not ($_.Attachments | ? -Not Nmae)", "Name" },
        { "-not ($_.Attachments | % Nmae)", "Name" },
        { "-not ($_.Attachments | ? Name).Siez", "Size" },
        { "-not ($_.Attachments | Sort-Object Size | Select-Object -First 1).Nmae", "Name" },
        { "-not ($_.Attachments | Sort-Object { $_.Siez })", "Size" },
        { "-not $_.Attachments.Where({ $_.Nmae })", "Name" },
        { "-not $_.Attachments.Where({ $_.Name }).Siez", "Size" },
        { "-not $_.Attachments.ForEach('Nmae')", "Name" },
        { "-not $_.Attachments.ForEach({ $_.Nmae })", "Name" },

        { "$_.Attachments | Where-Object -FilterScript:{ -not $_.Nmae }", "Name" },
        { "$_.Subject | % Trim | ? Lenght", "Length" },
        { "$_.IsRead ? $_.IsFlaged : $true", "IsFlagged" },
        { "$_.Preview ?? $_.Subjct", "Subject" },

        // Static members.
        { "-not $_::IsFlaged", "IsFlagged" },
        { "-not $_::IsFlagged", "dot" },
        { "$_.Received -lt [DateTimeOffset]::Noww", "Now" },
        { "$_.Flags -eq [ImapPS.Models.ImapMessageFlags]::Flaged", "Flagged" },
        { "$_.Received -lt [DateTimeOffset]::Now.AddDay(-1)", "AddDays" },
        { "-not [string]::IsNullOrEmty($_.Subject)", "IsNullOrEmpty" },

        // Names that are known beforehand.
        { "-not $_.$wrong", "IsFlagged" },
        { "$other = 1; -not $_.$wrong", "IsFlagged" },
        { "$p = 'IsFlaged'; -not $_.$p", "IsFlagged" },
        { "-not $_.('Is' + 'Flaged')", "IsFlagged" },
        { "-not $_.\"$wrong\"", "IsFlagged" },
        { "-not $_.'IsFlaged'", "IsFlagged" },
        { "-not $_.$($wrong)", "IsFlagged" },
        { "-not $_.($rule.Wrong)", "IsFlagged" },
        { "-not $_.$nothing", "name" },

        // Texts as conditions.
        { "'$_.IsFlagged'", "quotes" },
        { "\"$_.IsFlagged\"", "quotes" },
        { "return '$_.IsFlagged'", "quotes" },
        { "$_.Subject -eq 'one' -or 'two'", "'two'" },
        { "-not '$_.IsFlagged'", "quotes" },
        { "$_.Flags -ne 'Flaged'", "Flagged" },
        { "$_.Flags -notcontains 'Flaged'", "Flagged" },
        { "$_.Received.DayOfWeek -in 'Sunday', 'Satturday'", "Saturday" },

        // Variables.
        { "$_.Subject -notlike $patern", "$pattern" },
        { "$_.Subject -notlike \"*$patern*\"", "$pattern" },
        { "$_.Subject -like $script:patern", "$script:patern" },
        { "$_.Attachments.Where({ $_.Name -like $patern })", "$pattern" },
        { "1, 2 | ? { $_ -eq $patern }", "$pattern" },
        { "$_.Size -gt $limit.Size", "$limit" },

        // Another language's operators, and no $_.
        { "Subject -eq 1", "$_.Subject" },
        { "isread -and isflagged", "$_.IsRead" },
        { "Date -lt 5", "$_.Date" },
        { "cc -like '*x*'", "$_.Cc" },
        { "$_.IsRead = $true", "-eq" },
        { "$_.Size > 5", "-gt" },

        // Other programs' names.
        { "$_.Sender -like '*x*'", "From" },
        { "$_.Recipient -like '*x*'", "There is To" },
        { "$_.DateReceived -lt 5", "Received" },
        { "$_.ReceivedDate -lt 5", "Received" },
        { "$_.Sent -lt 5", "There is Date" },
        { "$_.SentDate -lt 5", "There is Date" },
        { "$_.Unread", "-not $_.IsRead" },
        { "-not $_.Seen", "IsRead" },
        { "$_.Read", "IsRead" },
        { "-not $_.Starred", "IsFlagged" },
        { "-not $_.Flagged", "IsFlagged" },
        { "$_.Id -eq 5", "MessageId" },
        { "$_.Mailbox -eq 'INBOX'", "Folder" },
        { "$_.Text -like '*x*'", "Get-ImapMessageContent" },
        { "-not $_.From.Email", "Address" },
        { "-not $_.Attachments.FileName", "Name" },
    };

    /// <summary>Filters that are right.</summary>
    public static TheoryData<string> Right { get; } =
    [
        // Members of lists, and of their elements.
        "$_.From.Address -like '*@example.net'", "$_.From.Count -eq 2", "$_.Cc.Count", "$_.Cc.Length",
        "$_.Attachments.Name -contains 'a.pdf'", "$_.Attachments.Name.Length -gt 0",
        "$_.From[0].Address.Length -gt 5", "$_.From[-1].Name -eq 'Carol'", "$_.From[0..1].Name -eq 'Bob'",
        "$_.Attachments[0].Size -gt 50", "$_.Keywords.Count -and $_.Keywords.ToUpper() -contains 'WORK'",
        "$_.From.NameAndAddress -like 'Bob*'", "$_.From.Address[0] -like 'b*'", "$_.From.GetType().Name -like 'Imap*'",
        "@($_.Keywords).Contains('Work')", "$_.From.Where({ $_.Name })",
        "$_.Headers.Where({ $_.Name -eq 'List-Id' }).Value -like '*list*'", "@($_.From).Count -gt 1",
        "@($_.From | Where-Object Name -EQ 'Bob').Count", "@($_.Attachments).Rank -eq 1",
        "($_.Attachments | Measure-Object Size -Sum).Sum -gt 100",
        "($_.Attachments | Sort-Object Size | Select-Object -First 1).Name -eq ''", "($_.Attachments | Group-Object Type).Count -eq 2",
        "$_.Attachments.ForEach('Name') -contains 'a.pdf'", "$_.Attachments.ForEach({ $_.Name.ToUpper() }) -contains 'A.PDF'",
        "($_.From | ForEach-Object Address) -like 'bob*'",
        "($_.From | ForEach-Object { $_ -replace '@.*' }) -contains 'bob'", "$_.From | Where-Object { $_.Name -like 'B*' }",
        "($_.From -like 'bob*').Address", "$_.From.CompareTo('x') -gt 5",
        "$_.Attachments | ? Name -like '*.pdf'", "$_.Attachments | ? { $_.Type.StartsWith('application/') }",
        "$_.Attachments | Select-Object Name, @{ n = 'KB'; e = { $_.Size / 1KB } } | ? KB -GT 0",

        // Members of dates, numbers, texts and flags.
        "$_.Received.DayOfWeek -eq 'Monday'", "$_.Received.DayOfWeek.value__ -eq 1", "$_.Date.Offset.TotalHours -eq 0",
        "$_.Date -and ($_.Received - $_.Date).TotalDays -ge 1", "$_.Received.UtcDateTime.Date -eq '2026-03-02'",
        "$_.Received.ToString('yyyy-MM') -eq '2026-03'", "$_.Received.AddDays(1).Month -eq 3",
        "$_.Received.Subtract([TimeSpan]::FromDays(1)).Day -eq 1", "$_.Flags.HasFlag([ImapPS.Models.ImapMessageFlags]::Seen)",
        "$_.Flags.ToString() -like '*Flagged*'", "$_.Flags -band 'Seen, Flagged'", "$_.Flags -eq 1", "$_.Flags.value__ -eq 4",
        "$_.Subject.Chars(0) -eq 'o'", "$_.Subject[0] -eq 'o'", "$_.Subject.get_Length() -eq 3",
        "$_.Subject.ToCharArray().Count -gt 3", "$_.Subject.Split(' ').Count -gt 1", "$_.Subject.Split(' ')[1].Length -eq 5",
        "(-split $_.Subject).Length -gt 1", "$_.Size.ToString().Length -eq 2", "$_.Uid.CompareTo([uint32]2) -gt 0",
        "$_.Size.ToDouble($null) -gt 15", "$_.Subject.Contains.OverloadDefinitions.Count", "$_.Subject.Contains.Invoke('one')",
        "($_.ToString).OverloadDefinitions.Count", "[string]::IsNullOrWhiteSpace($_.Subject) -eq $false",
        "[datetime]::Parse.OverloadDefinitions.Count", "$_.Received::MinValue.Year -eq 1", "([DayOfWeek]::Monday).value__",
        "[Math]::Max($_.Size, 20) -gt 20", "[regex]::new('^t').IsMatch($_.Subject)",

        // What PowerShell gives everything.
        "$_.PSObject.Properties['Subject'].Value -eq 'one'", "$_.PSObject.Properties['Nothing'] -eq $null",
        "$_.pstypenames -contains 'ImapPS.Models.ImapMessage'", "$_.psbase.Subject -eq 'one'", "$_.GetType().FullName",
        "$_.Count -eq 1", "$_.Length -eq 1", "$_.Equals($_)", "$_.get_IsFlagged()", "$_[0].Subject -eq 'one'",
        "$_ -is [ImapPS.Models.ImapMessage]", "$_ -like 'one'", "\"$_\" -eq 'one'", "\"$($_.Subject)\"",

        // The message, and others, by other names.
        "$m = $_; $m.IsFlagged", "$m = $_; $script:m.Whatever -eq $null", "$ExecutionContext.SessionState.PSVariable.Set('set', 1); $set",
        "foreach ($x in $_.From) { if ($x.Address -like 'bob*') { $true } }",
        "$m = $_.From; $m = $_.Subject; $m.Length -gt 3", "if ($_.IsRead) { $m = 'a' } else { $m = $_.From }; $m.Nmae -eq $null",
        "$last.Nmae -eq $null; $last = $_", "& { $_.IsFlagged }", "& { param($m) $m.IsFlagged } $_", "$_ | & { process { $_.IsRead } }",
        "$_ | & { $input | % { $_.IsRead } }", "$p = 'Subject'; $_.$p -eq 'one'", "$_.$name -eq 'one'",
        "$_.('Sub' + 'ject') -eq 'one'", "$_.Subject.$('Length') -gt 3", "1..3 | % { $_.Whatever -eq $null }",
        "@($rows | ? Nmae -EQ 1).Count -gt 0", "$rows.Nmae", "$rows[0].Whatever -eq $null",
        "switch ($_.Subject) { { $_.Length -gt 3 } { $true } }",
        "switch -Wildcard ($_.Subject) { 'o*' { $true } }", "try { throw 'x' } catch { $_.Exception.Message }",
        "$_ = 5; $_.Whatever -eq $null", "function f($x) { $x.Whatever -eq $null }; f 1", "(& $property) -eq 'one'",
        "keep $_ { $_.Whatever }",
        "([pscustomobject]@{ Size = $_.Size }).Size -gt 15", "@{ Size = $_.Size }['Size'] -gt 15", "@{ A = 1 }.Nothing -eq $null",
        "($_ | Select-Object Subject).Subject -eq 'one'", "[array]$a = $_.From; $a.Length -gt 1",

        "$_ | Add-Member Score 5 -PassThru -Force | % { $_.Score -gt 3 }", "($_.Subject | % ToUpper).Length -gt 3",
        "($_.Subject | % Substring 0 2) -eq 'on'", "$m = $_; Set-Variable m 5; $m.Whatever -eq $null",

        // Variables.
        "$_.Subject -like $pattern", "$_.Subject -like \"$pattern\"", "$nothing -eq $null", "$_.Size -gt $rule.Size",
        "$_.Size -gt $map['Size']", "$_.Size -gt $script:n -or $_.Size -gt $global:n", "$_.Subject -ne $env:PATH",
        "$env:NOT_THERE -eq $null",
        "-not $seen[$_.Subject]; $seen[$_.Subject] = $true", "$count++; $count -le 2", "$total += $_.Size; $total -lt 25",
        "$null = $list.Add('x'); $list.Count", "$_.Subject -match '^(?<a>o)' -and $Matches.a", "$args.Count -eq 0", "$? -or $true",
        "$LASTEXITCODE -eq $null",
        "$null = $_.From | Tee-Object -Variable kept; $kept.Count", "Set-Variable found 1; $found",
        "$number = 0; [int]::TryParse($_.Subject, [ref]$number) -or $number -eq 0",
        "1 | ForEach-Object -PipelineVariable one { $_ } | % { $one }", "(Test-Path variable:maybe) -and $maybe",
        "$IsWindows -or $true", "$PSVersionTable.PSVersion.Major -ge 5", "$OFS -eq $null", ". $property",
        "Invoke-Expression '$later = 1'; $later", "& { $inner = 5; $inner }", "(Get-Variable name -ValueOnly) -eq 'Subject'",
        "$ExecutionContext.SessionState -ne $null",

        // Conditions that look odd.
        "$_.Flags -eq 'seen'", "if ($_.IsRead) { return $false }; 'keep'", "$_.IsRead 2>$null", "$_.IsRead ? $_.IsFlagged : $true",
        "$_.Preview ?? $_.Subject",
        "$true", "", "5", "if ($_.IsRead) { 'yes' }", "$_.Subject; 'a' -eq $_.Subject", "$_.Subject + 'x' -eq 'onex'",
        "$_.Subject -in ('one', 'two')", "('one', 'two') -contains $_.Subject", "'one' -eq $_.Subject -or $_.Subject -eq 'two'",
        "('a' -as [int]) -or $_.IsRead", "$_.Flags -like 'F*'", "'Seen' -eq $_.Flags", "$_.Subject -f 1",
        "function Subject { $true }; Subject", "[bool]'x'", "-not $_.IsRead -and ($_.Size, 5 | Measure-Object -Maximum).Maximum -gt 6",
    ];
}
