using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit.Net.Imap;
using MailKit.Security;

namespace ImapPS.Sessions;

/// <summary>Encrypts a connection and waits for the server's greeting, and says what went wrong where that fails.</summary>
/// <param name="settings">How the connection is to be secured.</param>
/// <param name="log">Sees what is said.</param>
internal sealed class Handshake(ConnectionSettings settings, SessionLog log)
{
    private ServerAddress Address => settings.Address;

    /// <summary>Ends when the server has greeted and told its capabilities, on a connection that is as safe as was asked for.</summary>
    public async Task RunAsync(StreamingClient client, Line line, CertificateCheck check, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task connect = UnreadableResponseException.FromAsync(() => ConnectAsync(client, line, giveUp.Token));
        try
        {
            await DoubtSilenceAsync(connect, giveUp.Token).ConfigureAwait(false);
            await connect.ConfigureAwait(false);
        }
        catch (ImapException)
        {
            // It is known what the port speaks, and that nothing will come.
            giveUp.Cancel();
            await connect.ContinueWith(_ => true, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default).ConfigureAwait(false);
            throw;
        }
        catch (Exception late) when (cancellationToken.IsCancellationRequested && late is not OperationCanceledException)
        {
            // A read or a handshake that is given up may end as one that failed.
            throw new OperationCanceledException(late.Message, late, cancellationToken);
        }
        catch (SslHandshakeException handshake) when (check.Refusal is { } refusal)
        {
            throw check.IsOther
                ? Failures.CertificateChanged(Address.Host, settings.Trust.Pins, check.Shown!, handshake)
                : Failures.CertificateRejected(Address.Host, refusal, check.Shown?.Thumbprint, handshake);
        }
        catch (Exception tls) when (tls is SslHandshakeException or System.Security.Authentication.AuthenticationException)
        {
            // MailKit's own clock ends a handshake in the same way as a refusal does.
            if (tls.GetBaseException() is OperationCanceledException or TimeoutException)
            {
                throw Failures.Timeout(Address.Host, settings.TimeoutSeconds, tls);
            }

            if (Address.Security == ImapSecurity.Tls)
            {
                var probe = new PortProbe(Address, settings.Route);
                Refuse(await probe.LookAsync(isSilentInClear: false, cancellationToken).ConfigureAwait(false), tls);
            }

            throw settings.ClientCertificate is { } certificate
                ? Failures.CertificateCutOff(Address, certificate, tls.InnerException?.Message ?? tls.Message, tls)
                : Failures.TlsFailed(Address, tls);
        }
        catch (Exception late) when (late is NotSupportedException or ImapCommandException && IsTooLateForTls)
        {
            throw Failures.StartTlsTooLate(Address, late);
        }
        catch (NotSupportedException absent)
        {
            throw Failures.StartTlsAbsent(Address, absent);
        }
        catch (Exception late) when (Translation.IsLate(late))
        {
            throw Failures.Timeout(Address.Host, settings.TimeoutSeconds, late);
        }
        catch (Exception nonsense) when (Translation.IsNonsense(nonsense))
        {
            Refuse(new PortFinding(SpokenProtocol.Name(log.Greeting ?? string.Empty), Address.Security == ImapSecurity.Tls), nonsense);
            throw Failures.ProtocolError(Address.Host, nonsense);
        }
        catch (ImapCommandException refused) when (Address.Security == ImapSecurity.StartTls && !client.IsSecure)
        {
            if (NotNow.Is(log.Rejections, refused.ResponseText)) throw Failures.ServerBusy(Address.Host, refused.ResponseText, refused);

            throw Failures.StartTlsRefused(Address, refused.ResponseText, refused);
        }
        catch (Exception failed) when (failed is IOException or SocketException or ImapProtocolException or ImapCommandException)
        {
            if (NotNow.Is(log.Farewell)) throw Failures.ServerBusy(Address.Host, log.Farewell!, failed);

            // With TLS 1.3 the server looks at a certificate only when the client takes TLS for settled.
            throw settings.ClientCertificate is { } certificate && log.Farewell is null
                ? Failures.CertificateCutOff(Address, certificate, failed.Message, failed)
                : Failures.TurnedAway(Address, log.Farewell ?? failed.Message, failed);
        }

        // What was said in clear is not known to be the server's.
        if (IsTooLateForTls) throw Failures.StartTlsTooLate(Address, inner: null);

        // MailKit promises it; a promise about secrets is checked.
        if (settings.IsEncrypted && !client.IsSecure) throw Failures.PlaintextRefused(Address.Host);
    }

    /// <summary>Only where MailKit makes the stream of the socket does it keep an eye on the timeout.</summary>
    private Task ConnectAsync(StreamingClient client, Line line, CancellationToken cancellationToken) => line.IsBare
        ? client.ConnectAsync(line.Socket, Address.Host, Address.Port, Options(Address.Security), cancellationToken)
        : client.ConnectAsync(new TimedStream(line.Stream), Address.Host, Address.Port, Options(Address.Security), cancellationToken);

    /// <summary>True when the server has logged somebody in before TLS, which is then no longer possible (RFC 9051, 6.2.1).</summary>
    private bool IsTooLateForTls => Address.Security == ImapSecurity.StartTls
        && log.Greeting?.StartsWith("* PREAUTH", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>
    /// A server that says nothing may wait for us to begin: with TLS, or with a request. Whoever only takes long is waited for.
    /// </summary>
    private async Task DoubtSilenceAsync(Task connect, CancellationToken cancellationToken)
    {
        using var settled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (await Task.WhenAny(connect, Task.Delay(PortProbe.Patience, settled.Token)).ConfigureAwait(false) != connect
            && log.Greeting is null)
        {
            Task<PortFinding?> look = new PortProbe(Address, settings.Route)
                .LookAsync(isSilentInClear: Address.Security != ImapSecurity.Tls, settled.Token);
            if (await Task.WhenAny(connect, look).ConfigureAwait(false) == look && log.Greeting is null
                && look.Status == TaskStatus.RanToCompletion)
            {
                Refuse(await look.ConfigureAwait(false), inner: null);
            }
        }

        settled.Cancel();
    }

    /// <summary>Ends the attempt if the port speaks anything else than was asked for.</summary>
    private void Refuse(PortFinding? finding, Exception? inner)
    {
        if (finding is null) return;
        if (finding.Name is { } name && name != SpokenProtocol.Imap) throw Failures.SpeaksOther(Address, finding, inner);
        if (finding.IsInTls != (Address.Security == ImapSecurity.Tls)) throw Failures.SpeaksOther(Address, finding, inner);
    }

    private static SecureSocketOptions Options(ImapSecurity security) => security switch
    {
        ImapSecurity.Tls => SecureSocketOptions.SslOnConnect,
        ImapSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
