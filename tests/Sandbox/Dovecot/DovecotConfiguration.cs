using System;
using System.IO;

namespace ImapPS.Sandbox;

/// <summary>Writes dovecot.conf for Dovecot 2.3.</summary>
internal sealed record DovecotConfiguration(
    string Directory,
    string Password,
    DovecotOptions Options,
    DovecotPorts Ports,
    MailAccount Account,
    ServerCertificate Certificate)
{
    public string Write()
    {
        var path = Path.Combine(Directory, "dovecot.conf");
        File.WriteAllText(path, Text());
        return path;
    }

    private string Text() =>
        $$"""
        protocols = imap
        base_dir = {{Directory}}/run
        state_dir = {{Directory}}/run
        log_path = /dev/stderr
        listen = {{Ports.Listen}}
        {{(Options.Greeting is null ? "" : $"login_greeting = {Options.Greeting}")}}

        ssl = yes
        ssl_cert = <{{Certificate.CertificatePath}}
        ssl_key = <{{Certificate.KeyPath}}

        # The fault proxy reads along, so passwords may cross in clear; a test of a wrong password must not be slow.
        disable_plaintext_auth = no
        auth_mechanisms = {{string.Join(' ', Options.AuthenticationMechanisms)}}
        auth_failure_delay = 0
        auth_username_format = %u
        passdb {
          driver = static
          args = password={{Password}}
        }
        userdb {
          driver = static
          args = uid={{Account.Uid}} gid={{Account.Gid}} home={{Directory}}/users/%u
        }
        first_valid_uid = 1

        mail_location = maildir:~/Maildir{{(Options.HierarchyDelimiter == '/' ? ":LAYOUT=fs" : "")}}
        mail_fsync = never
        # With it, folders made on disk behind the server's back stay unseen.
        mailbox_list_index = no
        mail_max_userip_connections = 0
        default_process_limit = 1000
        default_client_limit = 4000
        default_vsz_limit = 0

        {{(Options.HasAdministration ? Administration() : "")}}

        namespace inbox {
          inbox = yes
          separator = {{Options.HierarchyDelimiter}}
          mailbox Drafts {
            auto = subscribe
            special_use = \Drafts
          }
          mailbox Sent {
            auto = subscribe
            special_use = \Sent
          }
          mailbox Trash {
            auto = subscribe
            special_use = \Trash
          }
          mailbox Junk {
            auto = subscribe
            special_use = \Junk
          }
          mailbox Archive {
            special_use = \Archive
          }
        }

        service anvil {
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service imap-login {
          # One process for many connections: each new one costs a millisecond instead of ten.
          service_count = 0
          inet_listener imap {
            port = {{Ports.Plain}}
          }
          inet_listener imaps {
            port = {{Ports.Tls}}
            ssl = yes
          }
        }
        {{(Account.IsOurs ? Unprivileged() : "")}}
        {{string.Join(Environment.NewLine, Options.ExtraConfiguration)}}

        """;

    private string Unprivileged() =>
        $$"""
        default_login_user = {{Account.Name}}
        default_internal_user = {{Account.Name}}
        default_internal_group = {{Account.Group}}
        service anvil {
          chroot =
        }
        service imap-login {
          chroot =
        }
        service stats {
          chroot =
        }
        """;

    // Rights, quota and metadata, as many a server has them. A quota that is only told costs nothing when mail is saved.
    private static string Administration() =>
        """
        mail_attribute_dict = file:%h/dovecot-attributes
        mail_plugins = acl quota
        protocol imap {
          mail_plugins = acl quota imap_acl imap_quota
          imap_metadata = yes
        }
        plugin {
          acl = vfile
          quota = count:User quota:noenforcing
          quota_rule = *:storage=100M:messages=1000
          quota_vsizes = yes
        }
        """;
}
