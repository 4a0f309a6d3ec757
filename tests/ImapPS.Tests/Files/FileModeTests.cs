using ImapPS.Sandbox;

namespace ImapPS.Tests.Files;

/// <summary>Nobody but their owner reads what the module writes, whatever the umask says.</summary>
public sealed class FileModeTests(MailServer mail) : ModuleTest(mail), IDisposable
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ImapPS-modes-");

    public static TheoryData<string> Commands =>
    [
        "Get-ImapMessage | Save-ImapMessage $out/eml/below",
        "Get-ImapMessage | Save-ImapMessage $out/mail.mbox -Format Mbox",
        "Get-ImapMessage | Save-ImapMessage $out/deep/mail.mbox -Format Mbox",
        "Get-ImapMessage | Save-ImapMessage $out/maildir -Format Maildir",
        "Get-ImapMessage | Save-ImapAttachment -Path $out/files/below",
        "Get-ImapMessage | Move-ImapMessage Archive -JournalPath $out/journal.jsonl",
        "Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential -Name log "
            + "-ProtocolLogPath $out/imap.log; Get-ImapFolder -Session log; Disconnect-Imap log",
    ];

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Everything_that_a_cmdlet_makes_is_its_owners(string command)
    {
        if (OperatingSystem.IsWindows()) return;

        Prepare();
        Succeed(command, ("out", _directory.FullName));
        FileSystemInfo[] made =
            [.. _directory.EnumerateFileSystemInfos(
            "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })];
        Assert.NotEmpty(made.OfType<FileInfo>());
        Assert.All(made, entry => Assert.Equal(entry is FileInfo ? FileMode : DirectoryMode, entry.UnixFileMode));
    }

    [Fact]
    public void So_it_is_while_it_is_written()
    {
        if (OperatingSystem.IsWindows()) return;

        using var pending = new ImapPS.Files.PendingFile(Path.Combine(_directory.FullName, "new"));
        FileInfo partial = Assert.Single(_directory.GetFiles("*.partial", SearchOption.AllDirectories));
        Assert.Equal(FileMode, partial.UnixFileMode);
    }

    [Fact]
    public void What_is_there_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows()) return;

        const UnixFileMode shared = FileMode | UnixFileMode.GroupRead;
        string journal = Path.Combine(_directory.FullName, "journal.jsonl");
        string log = Path.Combine(_directory.FullName, "imap.log");
        string directory = Path.Combine(_directory.FullName, "shared");
        Directory.CreateDirectory(directory);
        foreach (string path in new[] { journal, log }) File.WriteAllText(path, "");
        foreach (string path in new[] { journal, log }) File.SetUnixFileMode(path, shared);
        File.SetUnixFileMode(directory, DirectoryMode | UnixFileMode.GroupRead);

        Prepare($"-ProtocolLogPath '{log}'");
        Succeed("Get-ImapMessage | Save-ImapMessage $out/shared; Get-ImapMessage | Move-ImapMessage Archive "
            + "-JournalPath $out/journal.jsonl", ("out", _directory.FullName));
        Assert.True(new FileInfo(journal).Length > 0 && new FileInfo(log).Length > 0);
        Assert.All([journal, log], path => Assert.Equal(shared, new FileInfo(path).UnixFileMode));
        Assert.Equal(DirectoryMode | UnixFileMode.GroupRead, File.GetUnixFileMode(directory));
    }

    private void Prepare(string parameters = "")
    {
        string text = new MailText
        {
            Subject = "one",
            Text = "text",
            Attachments = [new MailAttachment("a.bin", "application/octet-stream", new byte[100])],
        }.ToString();
        User.DeliverMany("INBOX", 2, _ => new SeedMessage(text));
        User.CreateFolder("Archive");
        Connect(parameters);
    }
}
