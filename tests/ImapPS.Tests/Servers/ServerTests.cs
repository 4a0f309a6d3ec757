using ImapPS.Sandbox;

namespace ImapPS.Tests.Servers;

public sealed class ServerTests
{
    [Theory]
    [InlineData("Dovecot")]
    [InlineData("Cyrus")]
    [InlineData("Courier")]
    [InlineData("imap4d")]
    [InlineData("smtp4dev")]
    [InlineData("Old")]
    public async Task Try(string name)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var sw = System.Diagnostics.Stopwatch.StartNew();
        ServerRun run = await ServerRun.OfAsync(async token => { IMailServer s = name switch
        {
            "Cyrus" => await CyrusServer.StartAsync(token),
            "Courier" => await CourierServer.StartAsync(token),
            "imap4d" => await MailutilsServer.StartAsync(token),
            "smtp4dev" => await Smtp4devServer.StartAsync(token),
            "Old" => OldServer.Start(),
            _ => await DovecotMailServer.StartAsync(token),
        }; TestContext.Current.SendDiagnosticMessage($"{name} started {sw.Elapsed}"); return s; }, cancellation);
        var text = $"{run.Name} {run.Version} {sw.Elapsed}\n";
        foreach (Statement s in Statements.All) if (run.Results[s.Feature] != s.Expected) text += $"## {s.Feature}\n{s.Script}\nexpected {s.Expected}\ngot      {run.Results[s.Feature]}\n{run.Exchanges[s.Feature]}\n";
        Directory.CreateDirectory("/tmp/servers-out");
        File.WriteAllText($"/tmp/servers-out/{name}.txt", text);
    }
}
