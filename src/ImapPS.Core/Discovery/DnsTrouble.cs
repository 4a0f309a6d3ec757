using System;
using System.Net;
using System.Net.Sockets;
using DnsClient;

namespace ImapPS.Discovery;

/// <summary>
/// Why there is no answer from DNS, in words of our own. Those of DnsClient are never shown: the text of its exceptions holds the whole
/// buffer of an answer that it could not read, and with it what other parts of the process left there.
/// </summary>
internal static class DnsTrouble
{
    public const string Late = "did not answer in time.";

    /// <summary>How the server is told of at the start of a sentence.</summary>
    public static string NameOf(IPEndPoint? server) => server is null ? "The DNS server of this computer" : $"The DNS server {server}";

    /// <summary>What the server did, whatever the library threw.</summary>
    public static string Of(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case DnsXidMismatchException: return "sent the answer to another question.";
                case DnsResponseParseException: return "sent an answer that cannot be read.";
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                case OperationCanceledException:
                case DnsResponseException { Code: DnsResponseCode.ConnectionTimeout }: return Late;

                // After an answer that is cut off, DnsClient asks again over TCP, and throws what came of that.
                case SocketException: return "cannot be reached, or its answer is not complete.";
                default: continue;
            }
        }

        return "sent an answer that cannot be read.";
    }

    /// <summary>What the server says instead of records; null when it says that these are all.</summary>
    public static string? Of(DnsHeaderResponseCode code) => code switch
    {
        DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain => null,
        DnsHeaderResponseCode.Refused => "refused to answer.",
        DnsHeaderResponseCode.ServerFailure => "could not find the answer (SERVFAIL).",
        _ => $"answered with the error {(int)code}.",
    };
}
