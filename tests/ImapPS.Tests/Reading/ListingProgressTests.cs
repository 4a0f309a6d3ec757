using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Reading;

/// <summary>
/// The progress of a cmdlet that emits as it goes is off the screen whenever it emits: PowerShell draws progress again below each line that
/// is written then, and a Ctrl+C in the midst of that can cost the terminal.
/// </summary>
public sealed class ListingProgressTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("Get-ImapMessage")]
    [InlineData("Get-ImapMessage -Filter { $_.Subject -ne 'nothing' }")]
    public void Between_two_windows_of_messages_it_is_gone(string script)
    {
        User.DeliverMany("INBOX", 1_500, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        Proxy.Delay = TimeSpan.FromMilliseconds(300);
        EngineResult result = Run(script);
        Assert.Equal(1_500, result.Output.Count);

        // Messages were emitted between any two.
        List<ProgressRecordType> told = [.. result.Progress.Select(record => record.RecordType)];
        Assert.True(told.Count >= 4, Text($"Told only {told.Count} times."));
        Assert.Equal(told.Select((_, i) => i % 2 == 0 ? ProgressRecordType.Processing : ProgressRecordType.Completed), told);
    }
}
