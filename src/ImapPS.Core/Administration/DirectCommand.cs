using System;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Administration;

/// <summary>
/// Sends a command that MailKit has no call for, through MailKit's own queue, which it does not show. What it does have is not enough:
/// GETMETADATA with options in the order of an old draft, SETQUOTA for two resources of 32 bits, SETMETADATA with text alone, and no
/// command in the caller's own words.
/// </summary>
/// <remarks>
/// It could be sent around MailKit only on a stream of our own above TLS. That would cost SCRAM-PLUS, since MailKit asks only its own
/// streams for a channel binding, and COMPRESS, which MailKit does above such a stream; docs/administration.md has the rest. The module
/// ships the MailKit that it was built with, and a test looks for these members: another version is found there, and not by a user.
/// <para>
/// No literal goes unasked ({5+}, RFC 7888). Dovecot refuses some commands before it has read their literals, and takes the octets for
/// commands: a line of a mail would remove a folder. A server that has not asked for a literal does not get it.
/// </para>
/// </remarks>
internal static class DirectCommand
{
    private const ImapCapabilities Unasked = ImapCapabilities.LiteralPlus | ImapCapabilities.LiteralMinus;
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly PropertyInfo _engine = typeof(ImapFolder).GetProperty("Engine", Members) ?? throw Missing();
    private static readonly PropertyInfo _capabilities = _engine.PropertyType.GetProperty("Capabilities", Members) ?? throw Missing();
    private static readonly Type _commandType = _engine.PropertyType.Assembly.GetType("MailKit.Net.Imap.ImapCommand") ?? throw Missing();
    private static readonly MethodInfo _run = _engine.PropertyType.GetMethod("RunAsync", [_commandType]) ?? throw Missing();
    private static readonly MethodInfo _check = _commandType.GetMethod("ThrowIfNotOk", [typeof(string)]) ?? throw Missing();
    private static readonly MethodInfo _queue = _engine.PropertyType.GetMethod("QueueCommand",
        [typeof(CancellationToken), typeof(ImapFolder), typeof(string), typeof(object[])]) ?? throw Missing();

    /// <summary>Sends a command. A NO or BAD is an ImapCommandException, as of MailKit's own commands.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="format">The command: %F stands for a folder, %S for an atom or a string, %Q for a string, %L for a literal.</param>
    /// <param name="arguments">What stands for them: folders of MailKit's, texts, octets.</param>
    /// <param name="abort">Cuts the command, and the connection.</param>
    public static async Task SendAsync(ImapClient client, string format, object[] arguments, CancellationToken abort)
    {
        object engine = _engine.GetValue(client.Inbox) ?? throw new ServiceNotConnectedException("The connection is not open.");
        await WhenAskedAsync(client, async () =>
        {
            object command = Invoke(_queue, engine, [abort, null, format + "\r\n", arguments])!;
            await ((Task)Invoke(_run, engine, [command])!).ConfigureAwait(false);
            Invoke(_check, command, [format.Split(' ')[0]]);
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>Runs a command whose literals the server gets when it asks for them, and not before.</summary>
    public static async Task<T> WhenAskedAsync<T>(ImapClient client, Func<Task<T>> command)
    {
        object engine = _engine.GetValue(client.Inbox) ?? throw new ServiceNotConnectedException("The connection is not open.");
        ImapCapabilities unasked = client.Capabilities & Unasked;
        client.Capabilities &= ~Unasked;
        try
        {
            // MailKit looks at the capabilities when it writes the command, and again when it is asked for a literal.
            return await command().ConfigureAwait(false);
        }
        finally
        {
            // The client lets capabilities only be taken away.
            _capabilities.SetValue(engine, client.Capabilities | unasked);
        }
    }

    private static object? Invoke(MethodInfo method, object on, object?[] arguments)
    {
        try
        {
            return method.Invoke(on, arguments);
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Capture(inner).Throw();
            throw;
        }
    }

    private static MissingMemberException Missing() => new("This version of MailKit queues its commands in another way.");
}
