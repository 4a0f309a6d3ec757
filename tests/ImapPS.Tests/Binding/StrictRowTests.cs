using System.Management.Automation;
using System.Reflection;
using ImapPS.Binding;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Binding;

/// <summary>Rows that name messages and folders in a way that cannot be read, or by half: nothing is done for them.</summary>
public sealed class StrictRowTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly Type[] _messages = [typeof(ImapMessage), typeof(ImapMessageContent), typeof(ImapDuplicate)];

    /// <summary>What is named is one of three messages of INBOX; a row that cannot be read changes none of them.</summary>
    [Theory]
    [InlineData("[pscustomobject]@{ Folder = 'INBOX'; Uid = '1,2' } | Set-ImapMessage -Flagged", "'1,2'")]
    [InlineData("'Folder,Uid', 'INBOX,\"1,2\"' | ConvertFrom-Csv | Remove-ImapMessage -Permanent -Force", "'1,2'")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1.5 } | Set-ImapMessage -Flagged", "1.5")]
    [InlineData("@{ Folder = 'INBOX'; Uid = $true } | Set-ImapMessage -Flagged", "True")]
    [InlineData("@{ Folder = 'INBOX'; Uid = '1e0' } | Get-ImapMessageContent", "'1e0'")]
    [InlineData("@{ Folder = 'INBOX'; Uid = '0x3' } | Get-ImapMessage", "'0x3'")]
    [InlineData("@{ Folder = 'INBOX'; Uid = '1,2' } | Get-ImapMessage", "'1,2'")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1, 2 } | Move-ImapMessage Trash", "Object[]")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; UidValidity = '1.111.111.111' } | Set-ImapMessage -Flagged", "'1.111.111.111'")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; UidValidity = 'abc' } | Move-ImapMessage Trash", "'abc'")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; UidValidity = -5 } | Remove-ImapMessage", "-5")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; UidValidity = 'n/a' } | Get-ImapMessage", "'n/a'")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; UidValidity = 0 } | Copy-ImapMessage Trash", "0")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; SessionId = 1.5 } | Remove-ImapMessage", "1.5")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; SessionId = $true } | Remove-ImapMessage", "True")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; SessionId = @{ Id = 'x'; Server = 'y'; UserName = 'z' } } | Remove-ImapMessage", "'x'")]
    [InlineData("$row = [pscustomobject]@{ Folder = 'INBOX'; Uid = 1 } | Add-Member UidValidity -MemberType "
        + "ScriptProperty { throw 'lost' } -PassThru; $row | Remove-ImapMessage", "lost")]
    [InlineData("[pscustomobject]@{ Path = 'INBOX'; UidValidity = '1.795.855.978' } | Clear-ImapFolder -Force", "'1.795.855.978'")]
    [InlineData("[pscustomobject]@{ Path = 'INBOX'; UidValidity = '1,795,855,978' } | Clear-ImapFolder -WhatIf", "'1,795,855,978'")]
    [InlineData("@{ Path = 'INBOX'; SessionId = 1.5 } | Clear-ImapFolder -Force", "1.5")]
    [InlineData("[pscustomobject]@{ Id = 'n/a'; Server = 'x'; UserName = 'y' } | Get-ImapMessage", "'n/a'")]
    [InlineData("[pscustomobject]@{ Id = '1,2'; Server = 'x'; UserName = 'y' } | Wait-ImapMessage -TimeoutSeconds 0", "'1,2'")]
    [InlineData("[pscustomobject]@{ Id = ''; Server = 'x'; UserName = 'y' } | Get-ImapFolder", "empty")]
    [InlineData("@{ Path = 'INBOX', 'Trash' } | Clear-ImapFolder -Force", "Object[]")]
    [InlineData("@{ Path = $true } | Clear-ImapFolder -Force", "True")]
    [InlineData("@{ Path = 5 } | New-ImapFolder", "5")]
    [InlineData("@{ Folder = 5; Uid = 1 } | Remove-ImapMessage", "5")]
    [InlineData("Get-ImapMessage | Move-ImapMessage @{ Path = 5 }", "5")]
    [InlineData("Wait-ImapMessage @{ Path = 'INBOX'; UidValidity = 'abc' } -TimeoutSeconds 0", "'abc'")]
    [InlineData("Rename-ImapFolder Shelf -Destination @{ Path = 'Other'; UidValidity = 'abc' }", "'abc'")]
    [InlineData("Import-ImapMessage @{ Path = 'INBOX'; SessionId = $true } -Content 'Subject: x'", "True")]
    public async Task What_cannot_be_read_is_refused(string script, string named)
    {
        Prepare();
        IReadOnlyList<string> before = await StateAsync("INBOX");
        EngineResult result = Run(script);
        ErrorRecord error = AssertError(result, "ArgumentInvalid");
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(before, await StateAsync("INBOX"));
    }

    [Theory]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; SessionId = 'session-of-bob' } | Remove-ImapMessage")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; SessionId = 4294967295 } | Remove-ImapMessage")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 1; SessionId = '-5' } | Get-ImapMessage")]
    [InlineData("@{ Path = 'INBOX'; SessionId = 'session-of-bob' } | Clear-ImapFolder -Force")]
    public async Task An_unknown_session_is_not_the_current_one(string script)
    {
        Prepare();
        AssertError(Run(script), "SessionNotFound");
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Folder = 'INBOX'; Uid = ' 2 '; UidValidity = ''; SessionId = $null }")]
    [InlineData("@{ Folder = 'INBOX'; Uid = 2.0; UidValidity = [DBNull]::Value; SessionId = '' }")]
    [InlineData("@{ Folder = 'INBOX'; Uid = [decimal]2; SessionId = $session.Name }")]
    [InlineData("@{ Folder = 'INBOX'; Uid = [bigint]2; SessionId = $session }")]
    [InlineData("@{ Folder = 'INBOX'; Uid = '002'; SessionId = [string]$session.Id }")]
    [InlineData("@{ Folder = $folder; Uid = 2L }")]
    [InlineData("@{ Path = 'INBOX'; Uid = 2; UidValidity = [string]$folder.UidValidity }")]
    public void What_can_be_read_is(string row)
    {
        Prepare();
        Succeed($"$session = Get-ImapSession | Where-Object IsDefault; $folder = Get-ImapFolder INBOX; {row} | Set-ImapMessage -Flagged");
        Assert.Equal([2u], Succeed("Get-ImapMessage -Flagged").Select(message => Property<uint>(message, "Uid")));
    }

    [Fact]
    public async Task A_folder_object_in_a_row_keeps_its_UIDVALIDITY()
    {
        Prepare();
        Succeed("$folder = Get-ImapFolder INBOX | Select-Object Path, UidValidity; $folder.UidValidity = 1");
        Assert.Equal("Selected.ImapPS.Models.ImapFolder", Succeed("$folder")[0].TypeNames[0]);
        AssertError(Run("@{ Folder = $folder; Uid = 2 } | Remove-ImapMessage"), "UidValidityChanged");
        AssertError(Run("@{ Path = $folder } | Clear-ImapFolder -Force"), "UidValidityChanged");
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    [Fact]
    public void Rows_with_bad_values_are_told_each_and_the_others_go_on()
    {
        Prepare();
        EngineResult result =
            Run("'Folder,Uid', 'INBOX,\"1,2\"', 'INBOX,2', 'INBOX,x', 'INBOX,x' | ConvertFrom-Csv | Set-ImapMessage -Flagged -PassThru");
        Assert.Equal(2u, Property<uint>(Assert.Single(result.Output), "Uid"));
        Assert.Equal(["'1,2'", "'x'"],
            result.AllErrors.Select(error => error.ToString().Split(' ').First(word => word[0] == '\'').TrimEnd(',')));
    }

    [Theory]
    [InlineData("Get-ImapMessage -Uid '1,2'")]
    [InlineData("Get-ImapMessage -Uid 1.5")]
    [InlineData("Get-ImapMessage -Uid $true")]
    [InlineData("Get-ImapMessage -Uid 1, '0x3'")]
    [InlineData("Get-ImapMessage -Uid '2kb'")]
    [InlineData("Get-ImapMessage -Uid 0")]
    [InlineData("Get-ImapMessage -Uid -1")]
    [InlineData("Get-ImapMessage -Uid 1 -UidValidity 'n/a'")]
    [InlineData("Get-ImapMessage -Uid 1 -UidValidity 0")]
    [InlineData("Wait-ImapMessage -After @{ Path = 'INBOX'; UidValidity = 1; UidNext = '1,2' } -TimeoutSeconds 0")]
    [InlineData("Wait-ImapMessage -After @{ Path = 'INBOX'; UidValidity = 'abc'; UidNext = 2 } -TimeoutSeconds 0")]
    public void An_argument_that_is_no_UID_is_refused(string script)
    {
        Prepare();
        EngineResult result = Run(script);
        Assert.StartsWith("ParameterArgumentTransformationError,", Assert.Single(result.AllErrors).FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(Proxy.Commands);
    }

    [Theory]
    [InlineData("Get-ImapMessage -Uid 1, 2, 3", 3)]
    [InlineData("Get-ImapMessage -Uid (1..2)", 2)]
    [InlineData("Get-ImapMessage -Uid '3', 1", 2)]
    [InlineData("Get-ImapMessage -Uid (Get-ImapMessage).Uid -UidValidity ''", 3)]
    [InlineData("Get-ImapMessage -Uid 2 -UidValidity (Get-ImapFolder INBOX).UidValidity", 1)]
    [InlineData("Get-ImapMessage -Uid ([System.Collections.Generic.List[uint32]](1..3)) -UidValidity $null", 3)]
    public void Arrays_of_UIDs_bind(string script, int count)
    {
        Prepare();
        Assert.Equal(count, Succeed(script).Count);
    }

    [Theory]
    [InlineData("Get-ImapMessage -First 1 | Select-Object @{ n = 'Path'; e = { $_.Folder } }, Subject, From, "
        + "MessageId | Clear-ImapFolder -Force", "a message")]
    [InlineData("Get-ImapMessage -First 1 | Select-Object @{ n = 'Path'; e = { $_.Folder } }, Subject, From, "
        + "MessageId | ConvertTo-Json | ConvertFrom-Json | Clear-ImapFolder -Force", "Subject")]
    [InlineData("Get-ImapMessage -First 1 | Select-Object @{ n = 'Path'; e = { $_.Folder } }, InReplyTo | "
        + "ConvertTo-Csv | ConvertFrom-Csv | Clear-ImapFolder -WhatIf", "InReplyTo")]
    [InlineData("Get-ImapMessage -First 1 | ForEach-Object { @{ Path = $_.Folder; Mail = $_ } } | Remove-ImapFolder -Force -Recurse",
        "Mail")]
    [InlineData("Get-ImapMessage | Group-Object Folder | Select-Object @{ n = 'Path'; e = { $_.Name } }, Count, "
        + "Group | Clear-ImapFolder -Force", "Group")]
    [InlineData("@{ Path = (Get-ImapMessage -First 1) } | Clear-ImapFolder -Force", "Path")]
    public async Task A_row_of_a_message_that_says_Path_is_not_its_folder(string script, string property)
    {
        Prepare();
        ErrorRecord error = AssertError(Run(script), "ArgumentInvalid");
        Assert.Contains(property, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    /// <summary>Every property of every kind of message, beside a path under either name.</summary>
    [Fact]
    public void Whatever_only_messages_have_makes_a_row_a_message()
    {
        HashSet<string> ofFolders = [.. typeof(ImapFolder).GetProperties().Select(property => property.Name), "Folder"];
        string[] properties =
            [.. _messages.SelectMany(type => type.GetProperties()).Select(property => property.Name).Distinct()
            .Where(name => !ofFolders.Contains(name))];
        Assert.Contains("Received", properties);
        foreach (string property in properties)
        {
            foreach (string place in new[] { "Path", "Folder" })
            {
                var row = new PSObject();
                row.Properties.Add(new PSNoteProperty(place, "INBOX"));
                row.Properties.Add(new PSNoteProperty(property, string.Empty));
                foreach (PropertyInfo parameter in Module.ModuleCmdlets.Types.SelectMany(type => type.GetProperties()))
                {
                    if (parameter.GetCustomAttribute<FolderTransformationAttribute>() is { } attribute)
                    {
                        Assert.True(attribute.Transform(null!, row) is FolderPath { Kind: ItemKind.Message, Given: not null },
                            $"{place}, {property}: {parameter.DeclaringType} {parameter.Name}");
                    }
                }
            }
        }
    }

    [Fact]
    public void A_folder_object_stays_one_whatever_is_selected_beside()
    {
        Prepare();
        Assert.Equal(3, Succeed("Get-ImapFolder INBOX | Select-Object *, @{ n = 'Date'; e = { Get-Date } }, @{ n "
            + "= 'Newest'; e = { Get-ImapMessage $_ -Newest 1 } } | Get-ImapMessage").Count);
    }

    private void Prepare()
    {
        for (int i = 1; i <= 3; i++) User.Deliver("INBOX", Message(Text($"{i}")));
        User.CreateFolder("Shelf");
        Connect();
    }
}
