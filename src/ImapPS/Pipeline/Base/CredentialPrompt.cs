using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>Asks at the console who logs in, and for the password.</summary>
/// <param name="address">The server that was reached.</param>
/// <param name="given">What is known already: a user name whose password is missing; null for nothing.</param>
/// <param name="host">The console.</param>
internal sealed class CredentialPrompt(ServerAddress address, PSCredential? given, PSHost host)
{
    /// <summary>The credential that needs no prompt; null when one is needed.</summary>
    public static Identity? Complete(PSCredential? given) => given is { UserName.Length: > 0, Password.Length: > 0 }
        ? Identity.Of(new NetworkCredential(given.UserName, given.Password)) : null;

    /// <summary>Asks, on the pipeline thread.</summary>
    public async Task<Identity> AskAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        (PSCredential? answer, Exception? nobody) = await writer.AskAsync(_ => Ask(), cancellationToken).ConfigureAwait(false);
        if (nobody is not null) throw Failures.NobodyToAsk(nobody);

        // Windows PowerShell's window puts a backslash before a name without a domain.
        string user = answer?.UserName.TrimStart('\\').Trim() ?? string.Empty;
        if (user.Length == 0) throw Failures.CredentialNotGiven("user name");
        if (answer!.Password.Length == 0) throw Failures.CredentialNotGiven("password");

        return Identity.Of(new NetworkCredential(user, answer.Password));
    }

    private (PSCredential? Answer, Exception? Nobody) Ask()
    {
        if (RefusesQuestions() is { } refused) return (null, refused);

        string user = given is { UserName.Length: > 0 } ? given.UserName : address.UserName ?? string.Empty;
        try
        {
            // A target name would become part of the user name: target\user.
            return (host.UI.PromptForCredential("IMAP login", $"Log in to {address.Host}, port {address.Port}.",
                user, targetName: string.Empty), null);
        }
        catch (Exception nobody)
            when (nobody is PSInvalidOperationException or HostException or NotSupportedException or NotImplementedException)
        {
            return (null, nobody);
        }
    }

    /// <summary>
    /// Why the console asks nothing at all. Under -NonInteractive it writes "User: " before it finds that out, but of a choice it knows
    /// at once; a choice between nothing is an error in any other console, and shows nothing.
    /// </summary>
    private PSInvalidOperationException? RefusesQuestions()
    {
        try
        {
            host.UI.PromptForChoice(string.Empty, string.Empty, null, 0);
            return null;
        }
        catch (PSInvalidOperationException nobody)
        {
            return nobody;
        }
        catch (Exception other) when (other is not PipelineStoppedException)
        {
            return null;
        }
    }
}
