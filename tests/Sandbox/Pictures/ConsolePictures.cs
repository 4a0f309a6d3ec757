using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>docs/pictures/*.svg: what the real console shows, typed at the demo mailbox.</summary>
public static partial class ConsolePictures
{
    private const string Connect = "$null = Connect-Imap mail.example.org -Credential $credential";

    // Only the address and the port are others than those that are shown.
    private const string Setup =
        """
        $credential = $Sandbox.Credential
        function global:Connect-Imap([Parameter(Position = 0)] $Server, $Credential) {
            ImapPS\Connect-Imap $Sandbox.Server -Port $Sandbox.TlsPort -Security Tls -CertificateThumbprint $Sandbox.Thumbprint `
                -Credential $Credential -Name "$($Credential.UserName)@$Server"
        }
        """;

    /// <summary>Makes all pictures anew.</summary>
    public static async Task MakeAsync(DovecotServer server, CancellationToken cancellationToken)
    {
        foreach (var (picture, svg) in await DrawAsync(server, cancellationToken))
        {
            await File.WriteAllTextAsync(picture.FilePath, svg, cancellationToken);
        }
    }

    /// <summary>The pictures as they are when they are made now, one after the other, all of one mailbox.</summary>
    public static async Task<IReadOnlyList<(ConsolePicture Picture, string Svg)>> DrawAsync(DovecotServer server,
        CancellationToken cancellationToken)
    {
        var user = server.CreateUser("alice");
        DemoMailbox.Fill(user, ConsolePicture.Now);
        var access = SandboxAccess.For(user);
        var drawn = new List<(ConsolePicture, string)>();
        await using var console = await ConsoleSession.StartAsync(access, cancellationToken, ConsolePicture.Columns);
        foreach (var picture in ConsolePicture.All)
        {
            var isConnecting = picture.Statements[0].StartsWith("Connect-Imap", StringComparison.Ordinal);
            await console.SetUpAsync(access, isConnecting ? Setup : $"{Setup}\n{Connect}", cancellationToken);
            var shown = (await TypeAsync(console, picture, cancellationToken))
                .Replace($" {access.TlsPort} ", $"{993,6} ", StringComparison.Ordinal);
            drawn.Add((picture, TerminalSvg.Draw(shown, ConsolePicture.Columns, picture.Title, picture.Description)));
        }

        return drawn;
    }

    /// <summary>What a picture says, line by line. Gaps are alike: the console moves over them, or writes blanks.</summary>
    public static IReadOnlyList<string> Text(string svg) =>
        [.. Line().Matches(svg).Select(line => Gap().Replace(Tag().Replace(line.Value, " "), " ").Trim())];

    private static async Task<string> TypeAsync(ConsoleSession console, ConsolePicture picture, CancellationToken cancellationToken)
    {
        await console.RunAsync(picture.Statements[0], cancellationToken);
        foreach (var statement in picture.Statements.Skip(1))
        {
            await console.Terminal.TypeAsync(statement, cancellationToken);
            await console.Terminal.PressAsync("Enter", cancellationToken);
            await console.WaitForPromptAsync(cancellationToken);
        }

        // Without the prompt that waits for the next one.
        var shown = (await console.Terminal.ReadColouredAsync(cancellationToken)).TrimEnd();
        return shown[..shown.LastIndexOf('\n')].TrimEnd();
    }

    [GeneratedRegex("<text.*?</text>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(" +", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gap();

    [GeneratedRegex("<[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
