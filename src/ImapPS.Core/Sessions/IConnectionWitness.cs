using System.Collections.Generic;
using System.Net;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>Sees how far the opening of a connection has come. It is told from any thread, of one thing after the other.</summary>
internal interface IConnectionWitness
{
    /// <summary>The host has these addresses; where there is a proxy, the proxy has.</summary>
    void Resolved(IReadOnlyList<IPEndPoint> endPoints);

    /// <summary>One of them has answered; where there is a proxy, it has connected to the server.</summary>
    void Connected(EndPoint? endPoint);

    /// <summary>Something has been said, in clear or in TLS.</summary>
    void Heard(ImapClient client, CertificateCheck check, SessionLog log);
}
