using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>
/// Objects that were exported and imported, or came out of a job or a remote session, bind as those did that they were made of.
/// </summary>
public sealed class RebindTests(MailServer mail) : ChangeTest(mail)
{
    /// <summary>What Export-Clixml and Import-Clixml do, and jobs and remote sessions, which serialize in the same way.</summary>
    private const string Clixml =
        "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_))";

    private readonly string _files = Directory.CreateTempSubdirectory("imapps-").FullName;

    public static TheoryData<string, string> Messages()
    {
        var all = new TheoryData<string, string>();
        foreach (string form in new[] { "Clixml", "Json" })
        {
            foreach (string command in new[]
            {
                "Set-ImapMessage -Flagged -PassThru",
                "Copy-ImapMessage Archive -PassThru",
                "Move-ImapMessage Archive -PassThru",
                "Remove-ImapMessage -PassThru",
                "Get-ImapMessageContent",
                "Save-ImapMessage $files -PassThru",
                "Save-ImapAttachment $files -PassThru",
            }) all.Add(form, command);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Messages_bind_again(string form, string command)
    {
        Fill();
        EngineResult result = Run($"$messages | {command}", ("messages", Again(form, "Get-ImapMessage")), ("files", _files));
        Assert.Empty(result.AllErrors);
        Assert.Equal(3, result.Output.Count);
        Directory.Delete(_files, recursive: true);
    }

    [Theory]
    [InlineData("Clixml")]
    [InlineData("Json")]
    public async Task Messages_that_are_read_under_another_UIDVALIDITY_are_refused(string form)
    {
        Fill();
        object?[] messages = Again(form, "Get-ImapMessage");
        foreach (object? message in messages)
        {
            PSObject stale = PSObject.AsPSObject(message!);
            stale.Properties.Remove("UidValidity");
            stale.Properties.Add(new PSNoteProperty("UidValidity", 7L));
        }

        AssertError(Run("$messages | Remove-ImapMessage -Permanent -Force", ("messages", messages)), "UidValidityChanged");
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("Clixml", "Get-ImapMessage $folder")]
    [InlineData("Clixml", "$folder | Get-ImapMessage")]
    [InlineData("Clixml", "Find-ImapDuplicate $folder; Get-ImapMessage $folder")]
    [InlineData("Clixml", "$folder | Get-ImapFolder | Get-ImapMessage")]
    [InlineData("Clixml", "Get-ImapMessage Archive | Copy-ImapMessage $folder -PassThru; Get-ImapMessage $folder")]
    [InlineData("Clixml",
        "Get-ImapMessage $folder | Move-ImapMessage Archive; Get-ImapMessage Archive | Move-ImapMessage -Destination $folder -PassThru")]
    [InlineData("Json", "Get-ImapMessage $folder")]
    [InlineData("Json", "$folder | Get-ImapMessage")]
    [InlineData("Json", "Find-ImapDuplicate $folder; $folder | Find-ImapDuplicate; Get-ImapMessage $folder")]
    [InlineData("Json", "$folder | Get-ImapFolder | Get-ImapMessage")]
    [InlineData("Json", "Get-ImapMessage Archive | Copy-ImapMessage $folder -PassThru; Get-ImapMessage $folder")]
    [InlineData("Json", "Get-ImapMessage $folder | Move-ImapMessage Archive; Get-ImapMessage Archive | Move-ImapMessage "
        + "-Destination $folder -PassThru")]
    public void Folders_bind_again(string form, string script)
    {
        Fill();
        IReadOnlyList<PSObject> messages = Succeed(script, ("folder", Assert.Single(Again(form, "Get-ImapFolder INBOX"))));
        Assert.Equal(3, messages.Count);
    }

    [Theory]
    [InlineData("Clixml")]
    [InlineData("Json")]
    public async Task Folders_change_only_while_they_are_the_same(string form)
    {
        Fill();
        object? folder = Assert.Single(Again(form, "Get-ImapFolder INBOX"));
        PSObject stale = PSObject.AsPSObject(folder!);
        stale.Properties.Remove("UidValidity");
        stale.Properties.Add(new PSNoteProperty("UidValidity", 7L));
        AssertError(Run("Clear-ImapFolder $folder -Force", ("folder", folder)), "UidValidityChanged");
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    private void Fill()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(new MailText
        {
            Subject = i.ToString(CultureInfo.InvariantCulture),
            MessageId = Text($"{i}@example.org"),
            Text = "x",
            Attachments = [new MailAttachment(Text($"{i}.txt"), "text/plain", "x"u8.ToArray())],
        }.ToString()));
        User.CreateFolder("Archive");
        Connect();
    }

    /// <summary>What a script emits, after it has been a file.</summary>
    private object?[] Again(string form, string script) => form == "Clixml"
        ? [.. Succeed($"{script} | ForEach-Object {{ {Clixml} }}")]
        : [.. Succeed(script).Select(value => Imported(JsonSerializer.SerializeToElement(value.BaseObject, value.BaseObject.GetType())))];

    /// <summary>What ConvertFrom-Json makes of it.</summary>
    private static object? Imported(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var value = new PSObject();
                foreach (JsonProperty property in json.EnumerateObject())
                {
                    value.Properties.Add(new PSNoteProperty(property.Name, Imported(property.Value)));
                }

                return value;
            case JsonValueKind.Array:
                return json.EnumerateArray().Select(Imported).ToArray();
            case JsonValueKind.String:
                return json.TryGetDateTime(out DateTime time) ? time : json.GetString();
            case JsonValueKind.Number:
                return json.GetInt64();
            default:
                return json.ValueKind == JsonValueKind.Null ? null : json.GetBoolean();
        }
    }
}
