using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using CsCheck;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Sessions;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Binding;

public sealed class CompletionTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("Get-ImapMessage Tra", "Trash")]
    [InlineData("Get-ImapMessage -Folder 'Entw", "'Entwürfe/Q&A \"2026\"'")]
    [InlineData("Get-ImapFolder Entw", "'Entwürfe/Q&A \"2026\"'")]
    [InlineData("Get-ImapMessage | Move-ImapMessage it", "'it''s'")]
    [InlineData("Move-ImapMessage -Destination Sen", "Sent")]
    public void Folders_complete_with_Tab(string line, string expected)
    {
        User.CreateFolder("Entwürfe/Q&A \"2026\"");
        User.CreateFolder("it's");
        Connect();
        Assert.Contains(expected, Complete(line));
    }

    [Theory]
    [InlineData("Get-ImapMessage -Keyword Forw", "'$Forwarded'")]
    [InlineData("Set-ImapMessage -AddKeyword ProjectX", "ProjectX1")]
    [InlineData("Get-ImapMessage -Headers List-U", "List-Unsubscribe")]
    [InlineData("Save-ImapMessage -NameTemplate '{Received:yyyy}/{Sub", "'{Received:yyyy}/{Subject}'")]
    [InlineData("Save-ImapAttachment -Message $mail -Part ", "'2'")]
    [InlineData("$mail | Save-ImapAttachment -Part ", "'2'")]
    public void Values_complete_with_Tab(string line, string expected)
    {
        User.Deliver("INBOX",
            Octets("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText\r\n"
            + "--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nx\r\n--b--\r\n"));
        Connect();
        Succeed("Get-ImapMessage | Set-ImapMessage -AddKeyword ProjectX1; $mail = Get-ImapMessage");
        Assert.Contains(expected, Complete(line));
    }

    [Theory]
    [InlineData("Get-ImapMessage -Filter { $_.Subj", "Subject")]
    [InlineData("Get-ImapMessage Inbox -Fil {$_.IsRead -and$PSItem.From[0].Add", "Address")]
    [InlineData("Wait-ImapMessage -Filter:{ ($_.Size -gt 5) -or $_.received.Day", "DayOfWeek")]
    [InlineData("Get-ImapMessage -Filter { $_.To | Where-Object { $_.Name } | Out-Null; $_.IsFl", "IsFlagged")]
    [InlineData("Get-ImapMessage | Where-Object { $_.Subj", "Subject")]
    [InlineData("Get-Item | Get-ItemProperty -Filter { $_.Subj", null)]
    [InlineData("Get-ImapMessage -Filter { $other.Subj", null)]
    [InlineData("Get-ImapMessage -Filter { $_.To | ForEach-Object { $_.Subj", null)]
    public void Members_in_a_filter_complete_with_Tab_for_whoever_asks(string line, string? expected)
    {
        string module = Path.Combine(Repository.Root, "bin", "ImapPS.Completion.psm1");
        string? before = Succeed("$function:TabExpansion2").Single()?.ToString();
        Succeed("Import-Module $module", ("module", module));
        var found = Succeed("(TabExpansion2 $line).CompletionMatches.CompletionText", ("line", line)).Select(text => $"{text}");
        if (expected is null) Assert.DoesNotContain("Subject", found);
        else Assert.Contains(expected, found);

        Succeed("Remove-Module ImapPS.Completion");
        Assert.Equal(before, Succeed("$function:TabExpansion2").Single()?.ToString());
    }

    [Fact]
    public void Two_Tabs_cost_one_LIST_and_a_new_folder_is_offered()
    {
        Connect();
        Assert.Contains("Trash", Complete("Get-ImapFolder Tra"));
        Assert.Contains("Sent", Complete("Get-ImapMessage Se"));
        Assert.Equal(1, Proxy.Count("LIST"));

        Succeed("New-ImapFolder Travel");
        Assert.Contains("Travel", Complete("Get-ImapFolder Tra"));
        Succeed("Remove-ImapFolder Travel -Force");
        Assert.DoesNotContain("Travel", Complete("Get-ImapFolder Tra"));
        Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public async Task A_slow_server_does_not_lose_its_connection_to_Tab()
    {
        Connect();
        var answer = new TaskCompletionSource();
        Proxy.On("LIST", ProxyAction.Run(() => answer.Task));
        Assert.DoesNotContain("Trash", Complete("Get-ImapFolder Tra"));

        // The second Tab waits for nothing: the first has waited.
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.DoesNotContain("Trash", Complete("Get-ImapFolder Tra"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.9));

        answer.SetResult();
        Assert.Equal("Trash", Property<string>(Assert.Single(await Task.Run(() => Succeed("Get-ImapFolder Trash"), Cancellation)), "Path"));
        Assert.Contains("Trash", Complete("Get-ImapFolder Tra"));
        Assert.Equal(0, Proxy.Connections);
        Assert.Equal(1, Proxy.Commands.Count(command => command.Line.Contains("\"*\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_broken_session_offers_what_it_knows_and_is_left_alone()
    {
        Connect("-RetryCount 0");
        Assert.Contains("Trash", Complete("Get-ImapFolder Tra"));
        Proxy.On("STATUS", ProxyAction.CutBefore);
        Proxy.RefuseConnections = true;
        AssertError(Run("Get-ImapFolder INBOX"), "ConnectionLost");
        int connections = Proxy.Connections;

        Assert.Contains("Trash", Complete("Get-ImapFolder Tra"));
        Memory.Folders.Forget();
        Assert.Contains("Trash", Complete("Get-ImapFolder Tra"));
        Assert.Equal(connections, Proxy.Connections);
    }

    [Fact]
    public void Whatever_a_folder_is_called_Tab_makes_one_argument_of_it()
    {
        Connect();
        SessionMemory memory = Memory;
        Gen<string> part = Gen.OneOf(
            Gen.OneOf(" ", "'", "\"", "`", "$", "$(", ";", "|", "&", "{", "}", "(", ")", ",", "@", "#", "<", ">",
                "*", "?", "[", "]", "[1]", "~", "-", "--%", "/", ".", "%", "!", "^", "=", "+", ":", "\\"),
            Gen.OneOf("\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\u201d", "\u201e", "\u2013", "\u2014", "\u2015", "\u00a0",
                "\u3000", "é", "日", "🎉", "\n", "\r", "\t", "\u0085", "\u2028", "\u202e", "\u2066", "\u200b",
                "\u200d", "\u2060", "\ufeff", "\u00ad", "\U000e0041", "👩\u200d👧", "\ud800", "\0", "\u001b"),
            Gen.OneOf("a", "Z", "0", "7", "1e5", "0x1", "1kb", "if", "INBOX", "$null", "_"));
        Gen.Select(part.Array[1, 6].Select(string.Concat), Gen.OneOf("", "'", "\"", "\u2018", "\u201c"), Gen.OneOf(Lines), Gen.Bool).Sample(
            (name, quote, line, isLater) =>
            {
                memory.Folders.Learn([new KnownFolder(name, ImapSpecialUse.None)]);
                string typed = line.Text + (isLater && line.IsList && quote.Length == 0 ? "a," : string.Empty) + quote;
                PSObject completion = Assert.Single(Succeed("TabExpansion2 $line $line.Length", ("line", typed)));
                string[] texts = [.. ((IEnumerable<CompletionResult>)completion.Properties["CompletionMatches"].Value)
                    .Where(match => match.ResultType == CompletionResultType.ParameterValue).Select(match => match.CompletionText)];
                if (!VisibleText.IsAllSeen(name))
                {
                    Assert.Empty(texts);
                    return;
                }

                int start = Property<int>(completion, "ReplacementIndex");
                string completed = string.Concat(typed.AsSpan(0, start), Assert.Single(texts),
                    typed.AsSpan(start + Property<int>(completion, "ReplacementLength")));
                ScriptBlockAst script = Parser.ParseInput(completed, out _, out ParseError[] errors);
                Assert.Empty(errors);
                var pipeline = Assert.IsType<PipelineAst>(Assert.Single(script.EndBlock.Statements));
                var command = Assert.IsType<CommandAst>(Assert.Single(pipeline.PipelineElements));
                Assert.Equal(line.Elements + 1, command.CommandElements.Count);
                Ast argument = command.CommandElements[^1];
                if (argument is ArrayLiteralAst list) argument = list.Elements[^1];
                string value = Assert.IsType<StringConstantExpressionAst>(argument, exactMatch: false).Value;
                if (!line.IsPattern) Assert.Equal(name, value);
                else Assert.True(new WildcardPattern(value).IsMatch(name) && WildcardPattern.Unescape(value) == name
                    && !WildcardPattern.ContainsWildcardCharacters(value), completed);
            },
            iter: 300,
            threads: 1);
    }

    private static (string Text, int Elements, bool IsPattern, bool IsList)[] Lines =>
    [
        ("Get-ImapFolder ", 1, true, true),
        ("Get-ImapMessage -Folder ", 2, true, true),
        ("Get-ImapFolder -LiteralPath ", 2, false, true),
        ("New-ImapFolder ", 1, false, true),
        ("Move-ImapMessage -Destination ", 2, false, false),
    ];

    [Theory]
    [InlineData("\U000e0041rchive")]
    [InlineData("Arch\U000e0041ive")]
    [InlineData("Arch\u200dive")]
    [InlineData("Arch\u200cive")]
    [InlineData("Arch\u2060ive")]
    [InlineData("Archive\ufeff")]
    [InlineData("Arch\u00adive")]
    [InlineData("Arch\u180eive")]
    [InlineData("Arch\ufe0five")]
    public void A_name_that_is_not_all_seen_is_not_offered(string name)
    {
        Connect();
        Memory.Folders.Learn([
            new KnownFolder(name, ImapSpecialUse.None),
            new KnownFolder("Archive 👩\u200d👩\u200d👧", ImapSpecialUse.None)]);
        Assert.Equal(["'Archive 👩\u200d👩\u200d👧'"], Complete("Get-ImapFolder -Path "));
    }

    [Theory]
    [InlineData("Get-ImapMessage -From ")]
    [InlineData("Get-ImapMessage -From a, ")]
    [InlineData("Get-ImapMessage -Subject '")]
    [InlineData("Get-ImapMessage -Text R")]
    [InlineData("Wait-ImapMessage -Link ")]
    [InlineData("Connect-Imap -Name ")]
    public void What_nobody_but_the_user_knows_completes_to_nothing(string line)
    {
        string here = Directory.CreateTempSubdirectory("imapps-").FullName;
        File.WriteAllText(Path.Combine(here, "README.md"), "x");
        Succeed("Set-Location $here", ("here", here));
        Assert.Empty(Complete(line));
        Assert.NotEmpty(Complete("Import-ImapMessage INBOX -Path R"));
        Succeed("Set-Location /");
        Directory.Delete(here, recursive: true);
    }

    /// <summary>Where there is no completer, PowerShell offers files.</summary>
    [Fact]
    public void Text_that_is_no_file_has_a_completer()
    {
        string[] files = ["Path", "LiteralPath", "JournalPath", "StatePath", "ProtocolLogPath", "CertificateAuthority"];
        Assert.Empty(
            from type in ModuleCmdlets.Types
            from property in type.GetProperties()
            where property.IsDefined(typeof(ParameterAttribute)) && !files.Contains(property.Name)
            where property.PropertyType == typeof(string) || property.PropertyType == typeof(string[])
                || property.PropertyType == typeof(System.Collections.IDictionary)
            where !property.IsDefined(typeof(ArgumentCompleterAttribute)) && !property.IsDefined(typeof(ValidateSetAttribute))
            select $"{type.Name} -{property.Name}");
    }

    [Fact]
    public void Sessions_complete_with_Tab()
    {
        Connect($"-Name '{User.Name} one'");
        Assert.Contains($"'{User.Name} one'", Complete($"Get-ImapFolder -Session {User.Name[..4]}"));
    }

    [Fact]
    public void Without_a_session_Tab_offers_no_folder() => Assert.DoesNotContain("Trash", Complete("Get-ImapMessage -Folder Tra"));

    private SessionMemory Memory => Assert.Single(SessionStore.All, session => session.Handle.UserName == User.Name).Memory;

    private IEnumerable<string> Complete(string line) =>
        Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
            + "$null).CompletionMatches.CompletionText", ("line", line))
            .Where(match => match is not null)
            .Select(match => match.ToString());
}
