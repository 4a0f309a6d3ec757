using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Transfers;

/// <summary>What is not a message is not imported, unless the user says that it is one.</summary>
public sealed class NotAMessageTests(MailServer mail) : ImportTest(mail)
{
    public static TheoryData<string, string> Others() => new()
    {
        { "a.csv", "Name,Amount\r\nAlice,3\r\n\r\nNote: nothing\r\n" },
        { "times.csv", "2026-03-02T10:00:00,1\r\n2026-03-02T11:00:00,2\r\n" },
        { "a.pdf", "%PDF-1.4\n%\u00e2\u00e3\n1 0 obj\n<< /Type: /Catalog >>\n" },
        { "a.xml", "<?xml version=\"1.0\"?>\n<a:b xmlns:a=\"x\"/>\n" },
        { "soap.xml", "<soap:Envelope xmlns:soap=\"x\">\n</soap:Envelope>\n" },
        { "a.json", "{\"Subject\": \"no\"}\n" },
        { "a.log", "10:00:01 started\n" },
        { "prose", "Dear Bob: this is no header\n\nyours\n" },
        { "late.txt", "\nSubject: too late\n\nbody\n" },
    };

    public static TheoryData<string, string> Messages() => new()
    {
        { "plain", "Subject: one\r\n\r\nbody\r\n" },
        { "unix.txt", "Received: from a\n\tby b\nSubject: one\n\nbody\n" },
        { "mark.msg", "\u00ef\u00bb\u00bfSubject: one\r\n\r\nbody\r\n" },
        { "old", "Subject : one\r\n\r\nbody\r\n" },
        { "quoted", ">From alice@example.org Mon Mar  2 10:00:00 2026\nX-Some_Field.2: one\n\nbody\n" },
        { "box", "From alice@example.org Mon Mar  2 10:00:00 2026\n\nno header at all\n" },
        { "table.eml", "a,b\r\n1,2\r\n" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Another_file_is_an_error_and_the_others_go_on(string name, string text)
    {
        string path = Write(name, text);
        Write("zz.eml", Message("fine"));
        Connect();
        foreach (string whatIf in new[] { " -WhatIf", "", " -MaxMessages 9" })
        {
            ErrorRecord error = AssertError(Run($"Import-ImapMessage Drafts $files/*{whatIf}", ("files", Files)), "MessageInvalid");
            Assert.Equal(path, error.TargetObject);
            Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
            Assert.Contains("does not begin with a header field", error.ToString(), StringComparison.Ordinal);
        }

        Assert.All(await StoredAsync("Drafts"), stored =>
            Assert.Contains("Subject: fine", System.Text.Encoding.Latin1.GetString(stored), StringComparison.Ordinal));
        Assert.Equal(2, await CountAsync("Drafts"));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Format_Eml_says_that_it_is_a_message(string name, string text)
    {
        Write(name, text);
        Connect();
        Succeed("Import-ImapMessage Drafts $files/* -Format Eml", ("files", Files));
        Assert.Equal(1, await CountAsync("Drafts"));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task What_begins_as_a_message_is_imported(string name, string text)
    {
        Write(name, text);
        Connect();
        Succeed("Import-ImapMessage Drafts $files/*", ("files", Files));
        Assert.Equal(1, await CountAsync("Drafts"));
    }

    [Theory]
    [InlineData("Import-ImapMessage $files Restored", true)]
    [InlineData("Import-ImapMessage $files/*.eml Restored -CreateFolder", true)]
    [InlineData("'Restored' | Import-ImapMessage $files/one.eml", true)]
    [InlineData("Import-ImapMessage -Destination INBOX -Path Restored", false)]
    [InlineData("Import-ImapMessage $files/none*.eml Restored", false)]
    public void Swapped_arguments_are_seen(string command, bool isSwapped)
    {
        Write("one.eml", Message("one"));
        Connect();
        ErrorRecord error = AssertError(Run(command, ("files", Files)), "FileNotFound");
        Assert.Equal("Restored", error.TargetObject);
        Assert.Equal(isSwapped, error.ErrorDetails.RecommendedAction.Contains("Give the folder first", StringComparison.Ordinal));
        Assert.Equal(0, Proxy.Count("APPEND"));
    }

    [Fact]
    public void What_was_swapped_counts_as_an_error()
    {
        Write("one.eml", Message("one"));
        Connect();
        EngineResult result = Run("Import-ImapMessage $files Restored -Summary", ("files", Files));
        AssertError(result, "FileNotFound");
        Assert.Equal(1, Property<int>(Assert.Single(result.Output), "Errors"));
    }
}
