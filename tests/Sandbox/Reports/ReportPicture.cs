using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// docs/pictures/report.png: the page that Export-ImapReport writes of a mailbox of some years. The page itself is out/report.html then.
/// </summary>
internal static class ReportPicture
{
    private static string FilePath { get; } = Path.Combine(Repository.Root, "docs", "pictures", "report.png");

    /// <summary>Makes the picture anew.</summary>
    public static async Task MakeAsync(DovecotServer server, CancellationToken cancellationToken)
    {
        var user = server.CreateUser("alice@example.org");
        ReportMailbox.Fill(user, DateTimeOffset.Now);
        var page = Path.Combine(Repository.Root, "out", "report.html");
        var script = Path.Combine(server.Directory, "report.ps1");
        await File.WriteAllTextAsync(script, "param($Port, $User, $Password, $Path)\n"
            + "$credential = [pscredential]::new($User, (ConvertTo-SecureString $Password -AsPlainText -Force))\n"
            + "Import-Module ./ImapPS.psd1\n"
            + "$null = Connect-Imap localhost -Port $Port -Security None -AllowPlaintext -Credential $credential\n"
            + "Export-ImapReport $Path -Force -ErrorAction Stop\n", cancellationToken);
        await Tool.RunAsync("dotnet", ["pwsh", "-NoProfile", "-File", script, "-Port", $"{server.Port}", "-User", user.Name,
            "-Password", user.Password, "-Path", page], cancellationToken, Repository.Root);

        // As it would be called elsewhere.
        var text = await File.ReadAllTextAsync(page, cancellationToken);
        await File.WriteAllTextAsync(page, text.Replace(">localhost<", ">mail.example.org<", StringComparison.Ordinal), cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        await HeadlessBrowser.OpenAsync(page, new BrowserView(1_280, 1_112), FilePath, cancellationToken);

        // It is in each package, too: few colours are enough, and take a third of the room.
        var quantizer = await DebianPackage.FindOrInstallAsync(() => DebianPackage.Which("pngquant"), ["pngquant"], cancellationToken);
        string[] options = ["--force", "--speed", "1", "--nofs", "--output", FilePath, "64", "--", FilePath];
        await Tool.RunAsync(quantizer, options, cancellationToken);
    }
}
