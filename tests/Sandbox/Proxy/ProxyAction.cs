using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>What the proxy does to a command that a rule matches.</summary>
public sealed class ProxyAction
{
    private readonly Func<ProxyConnection, ProxyCommand, CancellationToken, ValueTask<bool>> _apply;

    private ProxyAction(Func<ProxyConnection, ProxyCommand, CancellationToken, ValueTask<bool>> apply) => _apply = apply;

    /// <summary>The connection goes before the server sees the command.</summary>
    public static ProxyAction CutBefore { get; } = new((connection, _, _) =>
    {
        connection.Cut();
        return new(false);
    });

    /// <summary>The server carries the command out, and the connection goes before the client sees anything of its response.</summary>
    public static ProxyAction CutAfterExecution { get; } = new((connection, command, _) =>
    {
        connection.CutWhenAnswered(command.Tag);
        return new(true);
    });

    /// <summary>The server never sees the command, and the client waits for as long as it likes.</summary>
    public static ProxyAction Stall { get; } = new((connection, _, _) =>
    {
        connection.Stall();
        return new(false);
    });

    /// <summary>The client sees so many bytes of the response, and then the connection goes.</summary>
    public static ProxyAction CutMidResponse(int afterBytes) => new((connection, _, _) =>
    {
        connection.CutAfter(afterBytes);
        return new(true);
    });

    /// <summary>The server sees so many bytes of the command, its line and its literals, and then the connection goes.</summary>
    public static ProxyAction CutMidCommand(long afterBytes) => new((connection, _, _) =>
    {
        connection.CutServerAfter(afterBytes);
        return new(true);
    });

    /// <summary>The proxy answers, with {tag} replaced, and the server never sees the command.</summary>
    public static ProxyAction Reply(string lines) => new(async (connection, command, cancellationToken) =>
    {
        await connection.TellClientAsync(lines.Replace("{tag}", command.Tag, StringComparison.Ordinal), cancellationToken);
        return false;
    });

    /// <summary>The proxy answers, and when the client has that, the connection goes.</summary>
    public static ProxyAction ReplyAndCut(string line) => new(async (connection, _, cancellationToken) =>
    {
        connection.CutAfter(Encoding.UTF8.GetByteCount(line) + 2);
        await connection.TellClientAsync(line, cancellationToken);
        return false;
    });

    /// <summary>The client gets a line that the server did not send, and then the server's response.</summary>
    public static ProxyAction Inject(string line) => new(async (connection, _, cancellationToken) =>
    {
        await connection.TellClientAsync(line, cancellationToken);
        return true;
    });

    /// <summary>The server carries the command out, then something happens, and only then the client sees the answer.</summary>
    public static ProxyAction RunAfterExecution(Func<Task> work) => new((connection, command, _) =>
    {
        connection.HoldAnswer(command.Tag, work);
        return new(true);
    });

    /// <summary>Something happens, on another connection for instance, and then the server gets the command.</summary>
    public static ProxyAction Run(Func<Task> work) => new(async (_, _, cancellationToken) =>
    {
        await work().WaitAsync(cancellationToken);
        return true;
    });

    /// <summary>Whether the command is to go on to the server.</summary>
    internal ValueTask<bool> ApplyAsync(ProxyConnection connection, ProxyCommand command, CancellationToken cancellationToken) =>
        _apply(connection, command, cancellationToken);
}
