using System.Management.Automation;

namespace ImapPS.Tests.Reporting;

/// <summary>A mailbox, and a directory for its report.</summary>
public abstract class ReportTest(MailServer mail) : ModuleTest(mail)
{
    protected string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("imapps-report-").FullName;

    protected string FilePath => Path.Combine(Directory, "report.html");

    public override ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <summary>Writes a report that is to be without an error, and reads it.</summary>
    private protected ReadPage Report(string parameters = "")
    {
        Assert.Empty(Succeed($"Export-ImapReport $path {parameters} -Force", ("path", FilePath)));
        return ReadPage.Of(FilePath);
    }

    /// <summary>A line for each object, of what a script block makes of it.</summary>
    protected string[] Lines(string script) => [.. Succeed(script).Select(line => $"{line}")];

    protected static T Value<T>(PSObject item) => (T)item.BaseObject;
}
